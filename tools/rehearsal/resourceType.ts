/**
 * How a simulated cloud describes one resource type: as data where it can be, as small functions where it must be.
 * One file a cloud area (`aws/network.ts`, `gcp/cluster.ts`) exports a list of these; the provider does the rest.
 */
export interface ResourceType {
  /** The token that the SDK registers, such as `aws:ec2/vpc:Vpc`. */
  readonly token: string;
  /** Every property that the simulated cloud accepts. Any other is refused, as a mistyped one would be in life. */
  readonly inputs: Readonly<Record<string, InputRule>>;
  /** Set where properties beside those of `inputs` are accepted too, because something else checks them. */
  readonly open?: true;
  /** The id that the cloud gives. Deterministic: from the inputs and `made.sequence`. */
  readonly id: (made: Made) => string;
  /** What the cloud computes beyond echoing the inputs: ARNs, self links, addresses, in their real shape. */
  readonly outputs?: (made: Made) => Readonly<Record<string, unknown>>;
  /** Rules of this type beyond single inputs; each gives the cloud's refusal, with its error code, or undefined. */
  readonly rules?: readonly Rule[];
  /** Set where the cloud deletes it although others still refer to it (a policy attachment's target may not be). */
  readonly deletableWhileReferenced?: true;
  /** Input that names the resource which this one is a part of: the cloud deletes it along with that. */
  readonly goesWith?: string;
  /** Seconds of simulated waiting that a caller needs after creation before others may use it (IAM roles). */
  readonly usableAfterSeconds?: number;
  /** Input that must be unique among all resources of this type, and in what realm. */
  readonly unique?: { readonly property: string; readonly within: "account" | "world" };
  /** Most resources of this type, or of those with one value of a property: the cloud's default quota. */
  readonly quota?: { readonly most: number; readonly per?: string; readonly code: string };
  /** Input that, while true, makes the cloud refuse deletion. */
  readonly deletionProtection?: string;
}

/** What is allowed for one input. */
export interface InputRule {
  readonly type: "string" | "number" | "boolean" | "list" | "map" | "object" | "any";
  /** Must be given. */
  readonly required?: true;
  /** A change replaces the resource, as it does in the real provider. */
  readonly replaces?: true;
  /** The only texts allowed. */
  readonly values?: readonly string[];
  /** The whole text must match. */
  readonly pattern?: RegExp;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  /** The value must name a live resource of one of these types, by its id or by one of the outputs named in `by`. */
  readonly refers?: { readonly to: readonly string[]; readonly by?: readonly string[] };
  /** What the cloud sets when the input is not given; shown in outputs. */
  readonly default?: unknown;
  /** Rule of each member of a list or of each value of a map. */
  readonly items?: InputRule;
  /** Rules of an object's properties; as strict as the top level. */
  readonly properties?: Readonly<Record<string, InputRule>>;
}

/** A resource in the making. */
export interface Made {
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Account, project or subscription, and region, from the provider's configuration. */
  readonly account: string;
  readonly region: string;
  /** Counts creations in this cloud; makes ids distinct. */
  readonly sequence: number;
  readonly world: WorldView;
}

/** A resource that exists in the simulated cloud. */
export interface Live {
  readonly token: string;
  readonly id: string;
  readonly urn: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Reading half of the simulated cloud. */
export interface WorldView {
  readonly resources: readonly Live[];
  /** The live resource of one of these types whose id, ARN, name or self link is `value`. */
  find(tokens: readonly string[], value: unknown): Live | undefined;
}

/** The cloud's refusal in its own words (`InvalidSubnet.Conflict: ...`), or undefined. Runs on create and update. */
export type Rule = (made: Made, current: Live | undefined) => string | undefined;
