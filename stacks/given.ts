/** A value of which every member that may be undefined is absent instead. */
export type Given<T> = T extends readonly (infer Member)[]
  ? Given<Member>[]
  : T extends object
    ? { [Key in keyof T]: Given<Exclude<T[Key], undefined>> }
    : T;

/**
 * The values that are given, in objects and lists inside too: arguments that are unset must be absent for a component to
 * use its own default. For plain data, such as a part of the configuration.
 */
export function given<T extends object>(values: T): Given<T> {
  return withoutUnset(values) as Given<T>;
}

function withoutUnset(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnset);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutUnset(member)]));
}
