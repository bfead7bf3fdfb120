/** The inputs of a local resource that differ from those it was made with; the engine's own, `__...`, do not count. */
export function changedInputs<Inputs extends object>(olds: Inputs, news: Inputs): string[] {
  return (Object.keys(news) as (keyof Inputs & string)[]).filter(
    (key) => !key.startsWith("__") && JSON.stringify(olds[key]) !== JSON.stringify(news[key]),
  );
}
