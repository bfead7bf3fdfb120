import { badRequest } from "./tensors/badRequest";
import { valueSeen } from "./valueSeen";

/** Which versions of a model are in service: the newest `count`, all, those named, or that of the first alias there is. */
export type VersionPolicy =
  | { readonly kind: "latest"; readonly count: number }
  | { readonly kind: "all" }
  | { readonly kind: "specific"; readonly versions: readonly string[] }
  | { readonly kind: "alias"; readonly names: readonly string[] };

/** A policy that tells by itself which of a list of versions it takes. */
export type PlainPolicy = Exclude<VersionPolicy, { readonly kind: "alias" }>;

/** A model to serve and its versions. */
export interface ModelSelection {
  readonly name: string;
  readonly policy: VersionPolicy;
}

/** A model without a production version is served from staging. */
const STAGES: readonly string[] = ["Production", "Staging"];

export const LATEST: VersionPolicy = { kind: "latest", count: 1 };

const ITEM =
  /^(?<name>[a-z0-9][a-z0-9._-]*)(?::(?<policy>all|latest(?:-[1-9]\d{0,3})?|[1-9]\d*(?:\+[1-9]\d*)*|(?!latest|all$)[A-Za-z][A-Za-z0-9_-]{0,63}))?$/;

/**
 * Models as the environment lists them: `NAME[:POLICY]`, with a comma between; a policy is `latest` (also when none is
 * given), `latest-N`, `all`, versions with a plus between, or an alias, such as `fraud:latest-2,ranker:1+3,ads:Production`.
 * @returns undefined when the text is no such list.
 */
export function parseModelList(text: string): readonly ModelSelection[] | undefined {
  const items = text.split(",").map((item) => ITEM.exec(item.trim())?.groups);
  const selections = items.flatMap((groups) =>
    groups?.name === undefined ? [] : [{ name: groups.name, policy: toPolicy(groups.policy ?? "latest") }],
  );
  return selections.length === items.length ? selections : undefined;
}

/** A policy in the notation of the environment, which must be sound. */
export function toPolicy(text: string): VersionPolicy {
  if (text === "all") return { kind: "all" };
  if (/^latest(-\d+)?$/.test(text)) return { kind: "latest", count: Number(text.slice("latest-".length) || 1) };
  if (/^\d/.test(text)) return { kind: "specific", versions: text.split("+") };
  return { kind: "alias", names: text === STAGES[0] ? STAGES : [text] };
}

/** The versions that a policy takes of those there are (both oldest first), and those that it names in vain. */
export function selectVersions(
  policy: PlainPolicy,
  available: readonly string[],
): { readonly chosen: readonly string[]; readonly missing: readonly string[] } {
  if (policy.kind === "all") return { chosen: available, missing: [] };
  if (policy.kind === "latest") return { chosen: available.slice(-policy.count), missing: [] };
  const { versions } = policy;
  return {
    chosen: available.filter((version) => versions.includes(version)),
    missing: versions.filter((version) => !available.includes(version)),
  };
}

/**
 * The policy of a model configuration in Triton's JSON form: `{"version_policy": {"latest": {"num_versions": 2}}}`,
 * `{"all": {}}` or `{"specific": {"versions": [1, 3]}}`. Nothing else of a configuration is taken.
 * @throws {ServiceError} 400 for anything else.
 */
export function policyOfConfig(config: string): VersionPolicy {
  const allowed =
    'Allowed: {"version_policy": {"latest": {"num_versions": N}}}, {"all": {}} or {"specific": {"versions": [N]}}.';
  const wrong = (what: string) => badRequest(`${what}. ${allowed}`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(config);
  } catch (error) {
    throw wrong(`parameters.config is not JSON: ${(error as Error).message}`);
  }
  const [[key, value] = [], ...others] = entries(parsed);
  if (key !== "version_policy" || others.length > 0) throw wrong("parameters.config has no version_policy alone");
  const [[kind, detail] = [], ...more] = entries(value);
  if (more.length > 0) throw wrong("version_policy has more than one kind");
  const inner = Object.fromEntries(entries(detail));
  if (kind === "all") return { kind };
  if (kind === "latest") {
    const { num_versions: count = 1 } = inner;
    if (isPositive(count)) return { kind, count };
    throw wrong(`num_versions is ${valueSeen(count)}`);
  }
  const { versions } = inner;
  if (kind === "specific" && Array.isArray(versions) && versions.length > 0 && versions.every(isPositive)) {
    return { kind, versions: versions.map(String) };
  }
  throw wrong(`version_policy is ${JSON.stringify(value)?.slice(0, 100)}`);
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function isPositive(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}
