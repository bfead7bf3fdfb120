import type { InputRule, Live, Made, ResourceType, Rule } from "../resourceType";

/** What the entry of a Google Cloud resource type says; project, labels and the API's switch are added by `gcpType`. */
export interface GcpTypeEntry extends Omit<ResourceType, "outputs" | "id"> {
  /** The API that must be on, without `.googleapis.com`; unset for those that are on in every project. */
  readonly api?: string;
  /** Name of the input with the resource's labels, where it has labels. */
  readonly labels?: "labels" | "userLabels" | "resourceLabels";
  /** Set where the resource belongs to no project. */
  readonly projectless?: true;
  readonly id: (made: Made) => string;
  readonly outputs?: (made: Made, id: string) => Readonly<Record<string, unknown>>;
}

/** Completes an entry with what the provider does for every Google Cloud resource. */
export function gcpType(entry: GcpTypeEntry): ResourceType {
  const { api, labels, projectless, outputs, ...rest } = entry;
  const own = {
    ...(projectless ? {} : { project: text({ replaces: true }) }),
    ...(labels ? { [labels]: map(text({ pattern: LABEL_VALUE }), { max: 64 }) } : {}),
  };
  return {
    ...rest,
    inputs: { ...own, ...entry.inputs },
    rules: [
      ...(projectless ? [] : [inProject]),
      ...(api ? [apiEnabled(api, projectless ?? false)] : []),
      ...(entry.rules ?? []),
    ],
    outputs: (made) => ({
      ...(projectless ? {} : { project: projectOf(made) }),
      ...(labels ? labelOutputs(made, labels) : {}),
      ...outputs?.(made, entry.id(made)),
    }),
  };
}

/** What a destroy does: deletes it, or leaves it to go with what it is part of. */
export const deletionPolicy: InputRule = { type: "string", values: ["DELETE", "ABANDON"] };

/** Label values as Google Cloud limits them. */
const LABEL_VALUE = /[a-z0-9_-]{0,63}/;

function labelOutputs({ inputs }: Made, labels: string) {
  return { effectiveLabels: inputs[labels] ?? {}, pulumiLabels: inputs[labels] ?? {} };
}

const inProject: Rule = (made) => (projectOf(made) === "" ? "project: required field is not set" : undefined);

export const SERVICE = "gcp:projects/service:Service";

/** Google refuses every call to an API that the project has not switched on. */
function apiEnabled(api: string, anyProject: boolean): Rule {
  return (made) => {
    const project = projectOf(made);
    const on = made.world.resources.some(
      ({ token, inputs }) =>
        token === SERVICE &&
        inputs.service === `${api}.googleapis.com` &&
        (anyProject || (inputs.project ?? project) === project),
    );
    if (on) return undefined;
    return `googleapi: Error 403: ${api}.googleapis.com has not been used in project ${project} before or it is disabled. Enable it, then retry., SERVICE_DISABLED`;
  };
}

/** The project that a resource is made in: its own, or its provider's. */
export function projectOf({ inputs, account }: Made): string {
  return typeof inputs.project === "string" ? inputs.project : account;
}

/** The region that a resource is made in: its own, or its provider's. */
export function regionOf({ inputs, region }: Made): string {
  return String(inputs.region ?? inputs.location ?? region);
}

/** Number of a project: twelve digits, the same for the same id. */
export function projectNumber(project: string): string {
  const sum = [...project].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 900_000_000_000, 7);
  return String(100_000_000_000 + sum);
}

/** An input as text; empty where it is not given. */
export function input(made: Made, name: string): string {
  const value = made.inputs[name];
  return value === undefined || value === null ? "" : String(value);
}

/** A member of an object that is nested in a resource's inputs; undefined where the way ends. */
export function nested(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[step] : undefined),
    value,
  );
}

/** Live resources of a type other than the one being changed. */
export function others(made: Made, current: Live | undefined, ...tokens: readonly string[]): readonly Live[] {
  return made.world.resources.filter((live) => tokens.includes(live.token) && live.urn !== current?.urn);
}

type Detail = Omit<InputRule, "type">;

export const text = (detail: Detail = {}): InputRule => ({ type: "string", ...detail });
export const number = (detail: Detail = {}): InputRule => ({ type: "number", ...detail });
export const flag = (detail: Detail = {}): InputRule => ({ type: "boolean", ...detail });
export const oneOf = (...values: readonly string[]): InputRule => text({ values });
export const list = (items: InputRule, detail: Detail = {}): InputRule => ({ type: "list", items, ...detail });
export const map = (items: InputRule, detail: Detail = {}): InputRule => ({ type: "map", items, ...detail });
export const object = (properties: Readonly<Record<string, InputRule>>, detail: Detail = {}): InputRule => ({
  type: "object",
  properties,
  ...detail,
});

/** The same rule for an input whose change makes a new resource. */
export const fixed = (rule: InputRule): InputRule => ({ ...rule, replaces: true });

/** A reference to live resources by id, or by one of the outputs named in `by`. */
export const refers = (to: string | readonly string[], by: readonly string[] = ["selfLink"], detail: Detail = {}) =>
  text({ refers: { to: typeof to === "string" ? [to] : to, by }, ...detail });

/** Names of most resources: RFC 1035 labels. */
export const NAME = /[a-z]([a-z0-9-]{0,61}[a-z0-9])?/;

/** An IPv4 network. */
export const CIDR = /\d{1,3}(\.\d{1,3}){3}\/\d{1,2}/;

/** A duration as protocol buffers write it. */
export const DURATION = /\d+(\.\d+)?s/;
