import type { Live, Made, ResourceType } from "./resourceType";

/** A function of a provider (`aws:index/getCallerIdentity:getCallerIdentity`): arguments to result. */
export type CloudFunction = (args: Readonly<Record<string, unknown>>, made: Made) => Readonly<Record<string, unknown>>;

/** A provider's configuration, with lists and objects already parsed. */
export type ProviderConfig = Readonly<Record<string, unknown>>;

/** Everything that the simulation knows of one provider package. */
export interface Catalogue {
  /** Package name, such as `azure-native`; its plugin is called `pulumi-resource-PACKAGE`. */
  readonly package: string;
  /** Version of the installed SDK, which the plugin answers with. */
  readonly version: string;
  readonly typeOf: (token: string) => ResourceType | undefined;
  readonly functions: Readonly<Record<string, CloudFunction>>;
  /**
   * Where a provider of this configuration works.
   * @throws {Error} in the provider's words when the configuration cannot work.
   */
  readonly locate: (config: ProviderConfig) => Location;
  /** Tags that the provider's configuration adds to every resource that has `input`, shown as `merged`. */
  readonly defaultTags?: {
    readonly input: string;
    readonly merged: string;
    readonly of: (config: ProviderConfig) => Readonly<Record<string, unknown>>;
  };
  readonly refusals: Refusals;
}

/** Account, project or subscription, and region. */
export interface Location {
  readonly account: string;
  readonly region: string;
}

/** A cloud's own words for what every cloud refuses. */
export interface Refusals {
  readonly inUse: (target: Live, by: Live) => string;
  readonly exists: (token: string, value: string) => string;
  readonly missing: (path: string, value: string) => string;
  readonly protectedFromDeletion: (target: Live, property: string) => string;
}

/** A lookup by token for catalogues that are a list. */
export function byToken(...lists: readonly (readonly ResourceType[])[]): Catalogue["typeOf"] {
  const types = new Map<string, ResourceType>();
  for (const type of lists.flat()) {
    if (types.has(type.token)) throw new Error(`The catalogue describes ${type.token} twice.`);
    types.set(type.token, type);
  }
  return (token) => types.get(token);
}
