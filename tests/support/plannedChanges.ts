import type { Catalogue } from "../../tools/rehearsal/catalogue";
import { compareInputs } from "../../tools/rehearsal/compare";
import type { Recorded, Recording } from "./pulumiMocks";

/** What an engine would do, by resource name: create, delete, update, or replace with the paths that force it. */
export type PlannedChanges = Readonly<Record<string, string>>;

/**
 * The plan that leads from one recording to another, as the simulated cloud's catalogue sees it: what is ignored is left
 * out, and a resource keeps its identity by its URN.
 */
export function plannedChanges(
  catalogue: Catalogue,
  before: Recording<unknown>,
  after: Recording<unknown>,
): PlannedChanges {
  const owned = ({ resources }: Recording<unknown>) => resources.filter(({ type }) => catalogue.typeOf(type));
  const olds = new Map(owned(before).map((resource) => [resource.urn, resource]));
  const news = new Map(owned(after).map((resource) => [resource.urn, resource]));
  const gone = [...olds.values()].filter(({ urn }) => !news.has(urn)).map(({ name }) => [name, "delete"] as const);
  const rest = [...news.values()].flatMap((resource) => {
    const old = olds.get(resource.urn);
    const step = old ? stepOf(catalogue, old, resource) : "create";
    return step === undefined ? [] : [[resource.name, step] as const];
  });
  return Object.fromEntries([...gone, ...rest]);
}

function stepOf(catalogue: Catalogue, old: Recorded, next: Recorded): string | undefined {
  const type = catalogue.typeOf(next.type);
  if (!type) return undefined;
  const ignored = (path: string) =>
    next.ignoreChanges.some(
      (name) => path === name || (/^[.[]/.test(path.slice(name.length)) && path.startsWith(name)),
    );
  const changes = compareInputs(type, unnumbered(old.inputs), unnumbered(next.inputs)).filter(
    ({ path }) => !ignored(path),
  );
  const forcing = changes.filter(({ replaces }) => replaces).map(({ path }) => path);
  if (forcing.length > 0) return `replace for ${forcing.join(", ")}`;
  return changes.length > 0 ? "update" : undefined;
}

/** Ids that the cloud numbers differ between two recordings of the same program, and mean nothing here. */
function unnumbered(inputs: Recorded["inputs"]): Recorded["inputs"] {
  return JSON.parse(JSON.stringify(inputs).replace(/\/(notificationChannels|alertPolicies)\/\d+/g, "/$1/N"));
}
