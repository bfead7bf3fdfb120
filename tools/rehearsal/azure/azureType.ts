import type { InputRule, Live, Made, ResourceType, Rule } from "../resourceType";

/** What the entry of an Azure resource type says; group, location and tags are added by `azureType`. */
export interface AzureTypeEntry extends Omit<ResourceType, "outputs" | "id"> {
  /** Provider namespace and type, such as Microsoft.Network/virtualNetworks; the id is made of it and `name`. A step with one possible name says it: blobServices=default. */
  readonly kind: string;
  /** The input that holds the name, whose change makes a new resource. */
  readonly name: string;
  /** The input that names the parent, and the parent's type, for kinds of two levels. */
  readonly parent?: { readonly input: string; readonly type: string };
  /** Set where the resource has no location, or no tags, of its own. */
  readonly withoutLocation?: true;
  readonly withoutTags?: true;
  readonly outputs?: (made: Made, id: string) => Readonly<Record<string, unknown>>;
}

export const RESOURCE_GROUP = "azure-native:resources:ResourceGroup";

/** Directory that simulated identities and vaults belong to. */
export const TENANT = "11111111-2222-4333-8444-555555555555";

/** Completes an entry with what Azure Resource Manager does for every resource in a group. */
export function azureType(entry: AzureTypeEntry): ResourceType {
  const { kind, name, parent, withoutLocation, withoutTags, outputs, ...rest } = entry;
  const id = (made: Made) => resourceId(made, entry);
  const nameRule = entry.inputs[name] ?? text();
  return {
    ...rest,
    inputs: {
      resourceGroupName: refers(RESOURCE_GROUP, ["name"], { required: true, replaces: true }),
      ...(withoutLocation ? {} : { location: fixed(text({ pattern: LOCATION })) }),
      ...(withoutTags ? {} : { tags: map(text({ maxLength: 256 }), { max: 50 }) }),
      ...(parent ? { [parent.input]: refers(parent.type, ["name"], { required: true, replaces: true }) } : {}),
      ...entry.inputs,
      [name]: { ...nameRule, required: true, replaces: true },
    },
    rules: [...(withoutTags ? [] : [fewTags]), ...(entry.rules ?? [])],
    id,
    outputs: (made) => ({
      name: input(made, name),
      type: kind.replace(/=[^/]+/, ""),
      ...(withoutLocation ? {} : { location: locationOf(made) }),
      provisioningState: "Succeeded",
      azureApiVersion: "simulated",
      ...outputs?.(made, id(made)),
    }),
  };
}

function resourceId(made: Made, { kind, name, parent }: AzureTypeEntry): string {
  const [namespace = "", ...types] = kind.split("/");
  const names = [...(parent ? [input(made, parent.input)] : []), input(made, name)];
  const path = types
    .map((type) => (type.includes("=") ? type.replace("=", "/") : `${type}/${names.shift()}`))
    .join("/");
  return `${groupId(made)}/providers/${namespace}/${path}`;
}

/** Azure takes at most 50 tags, and keys without these characters. */
const fewTags: Rule = ({ inputs }) => {
  const bad = Object.keys((inputs.tags as Record<string, unknown> | undefined) ?? {}).find((key) =>
    /[<>%&\\?/]/.test(key),
  );
  return bad && `InvalidTagNameCharacters: The tag name '${bad}' has characters that are not allowed: <,>,%,&,\\,?,/.`;
};

/** Id of the resource group that a resource is made in. */
export function groupId(made: Made): string {
  return `/subscriptions/${made.account}/resourceGroups/${input(made, "resourceGroupName")}`;
}

/** Location of a resource: its own, or its group's. */
export function locationOf(made: Made): string {
  if (typeof made.inputs.location === "string") return made.inputs.location;
  const group = made.world.find([RESOURCE_GROUP], made.inputs.resourceGroupName);
  return String(group?.outputs.location ?? made.region);
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

/** Azure's refusal of a change, in place, of what is settled when the resource is made. Paths as `backup.geoRedundantBackup`. */
export function settled(paths: readonly string[], refusal: (path: string) => string): Rule {
  return ({ inputs }, current) => {
    if (!current) return undefined;
    const at = (values: Readonly<Record<string, unknown>>, path: string) =>
      JSON.stringify(nested(values, ...path.split(".")) ?? null);
    const changed = paths.find((path) => at(inputs, path) !== at(current.inputs, path));
    return changed === undefined ? undefined : refusal(changed);
  };
}

/** A UUID of the resource's own. */
export function uuid({ sequence }: Made, realm: number): string {
  return `${realm.toString(16).padStart(8, "0")}-0000-4000-8000-${sequence.toString(16).padStart(12, "0")}`;
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
export const refers = (to: string | readonly string[], by: readonly string[] = [], detail: Detail = {}): InputRule =>
  text({ refers: { to: typeof to === "string" ? [to] : to, by }, ...detail });

/** An object that holds nothing but a resource's id. */
export const reference = (to: string | readonly string[], detail: Detail = {}): InputRule =>
  object({ id: refers(to, [], { required: true }) }, detail);

export const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** An IPv4 network. */
export const CIDR = /\d{1,3}(\.\d{1,3}){3}\/\d{1,2}/;

/** A location in Azure's own spelling. */
const LOCATION = /global|[a-z]+\d?/;

/** Names of most networking resources: at most 80 characters, ending in a letter, digit or underscore. */
export const NETWORK_NAME = /[A-Za-z0-9]([\w.-]{0,78}\w)?/;
