import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { PURPOSES, type Purpose, type Requirements } from "./frameworks";

/** What a rule does to a deployment: tell, refuse, or nothing. */
export type Level = "advisory" | "mandatory" | "disabled";

/** The kinds of environment that the platform's configuration knows. */
export const ENVIRONMENTS = ["local", "dev", "staging", "prod"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

export type Levels = Readonly<Record<Environment, Level>>;

/** Most rules: told on a laptop and in dev, kept wherever something is shared. */
export const SHARED: Levels = { local: "advisory", dev: "advisory", staging: "mandatory", prod: "mandatory" };

/** What costs more than it is worth outside production, such as a second zone. */
export const PRODUCTION: Levels = { local: "disabled", dev: "disabled", staging: "advisory", prod: "mandatory" };

/** Inputs of a resource. Reading a member that is unknown in a preview throws, which leaves the rule undecided. */
export type Properties = Readonly<Record<string, unknown>>;

/** Settings of a rule, its defaults filled in. */
export type Settings = Readonly<Record<string, unknown>>;

/** A resource as a rule sees it before the engine acts. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly props: Properties;
}

/** A resource among all others of its stack. */
export interface StackResource extends Resource {
  readonly dependencies: readonly StackResource[];
  /** By top-level input: the resources whose outputs it was made from. Known in a preview too. */
  readonly propertyDependencies: Readonly<Record<string, readonly StackResource[]>>;
}

/** Something wrong, and where. */
export interface Finding {
  readonly urn: string;
  readonly text: string;
}

interface Description {
  /** Unique, `subject-of-it`: what exceptions and configuration name. */
  readonly name: string;
  /** What must hold, in one sentence. */
  readonly title: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** What to change. */
  readonly fix: string;
  readonly severity: "low" | "medium" | "high" | "critical";
  readonly purpose: Purpose;
  /** CIS benchmark items, as `BENCHMARK item`. */
  readonly cis?: readonly string[];
  /** @default SHARED */
  readonly levels?: Levels;
  /** Settings that `--policy-pack-config` can change, each with a default. */
  readonly config?: Readonly<Record<string, PolicyConfigJSONSchema & { readonly default: unknown }>>;
}

/** A rule about one resource at a time. */
export interface ResourceRule extends Description {
  readonly types: readonly string[];
  /** Problems of a resource of one of the types, each naming the value seen and what is allowed. Pure. */
  readonly check: (resource: Resource, settings: Settings) => readonly string[];
  /** Mended inputs, or undefined when nothing is wrong; applied only where the rule's level is `remediate`. */
  readonly remedy?: (resource: Resource, settings: Settings) => Record<string, unknown> | undefined;
}

/** A rule about how resources stand to each other. */
export interface StackRule extends Description {
  readonly types: readonly string[];
  /** Problems of a whole stack, which may hold resources of any type. Pure. */
  readonly checkStack: (resources: readonly StackResource[], settings: Settings) => readonly Finding[];
}

export type Rule = ResourceRule | StackRule;

/** Declares a rule. @throws {Error} for a name that the engine or an exception could not hold */
export function defineRule<R extends Rule>(rule: R): R {
  if (!/^[a-z][a-z0-9-]+$/.test(rule.name))
    throw new Error(`A rule's name is lower case words with -; ${rule.name} is not.`);
  return rule;
}

/** All requirements that a rule helps to meet. */
export function requirementsOf({ purpose, cis = [] }: Rule): Requirements {
  return [...PURPOSES[purpose], ...cis.map((item) => `CIS ${item}`)];
}

/** A rule's level in an environment. */
export function levelOf(rule: Rule, environment: Environment): Level {
  return (rule.levels ?? SHARED)[environment];
}

/** A rule's settings: what is given over the defaults. */
export function settingsOf({ config = {} }: Rule, given: Settings = {}): Settings {
  const defaults = Object.entries(config).map(([key, schema]) => [key, schema.default]);
  return { ...Object.fromEntries(defaults), ...given };
}
