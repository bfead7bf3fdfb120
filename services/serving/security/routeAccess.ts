/** Routes that are let in alike: /predict and the card; the inference protocol; what changes the models; operations. */
export const ROUTE_GROUPS = ["predict", "inference", "repository", "health", "metrics", "docs"] as const;
export type RouteGroup = (typeof ROUTE_GROUPS)[number];

/** What a caller may prove itself with: an API key, or a token, which may have to carry a scope. */
export interface Proofs {
  readonly key: boolean;
  /** The scope that a token needs, "" for none; undefined when tokens are not taken. */
  readonly jwt: string | undefined;
}

/** For each group, what it takes; undefined lets everybody in. */
export type RouteAccess = Readonly<Record<RouteGroup, Proofs | undefined>>;

/** Those that machines ask which have no key. */
const OPEN_BY_DEFAULT: readonly RouteGroup[] = ["health", "metrics", "docs"];

/**
 * Reads `GROUP=WAYS` with a comma between; WAYS is `open`, or `key`, `jwt` or `jwt:SCOPE` with a plus between.
 * @returns undefined when the text is no such list, or names a group twice.
 */
export function parseRouteAccess(text: string): Partial<RouteAccess> | undefined {
  const access: Partial<Record<RouteGroup, Proofs | undefined>> = {};
  for (const item of text.split(",")) {
    const [, name, ways = ""] = /^(\w+)=(\S+)$/.exec(item.trim()) ?? [];
    const group = ROUTE_GROUPS.find((each) => each === name);
    const proofs = parseWays(ways);
    if (group === undefined || group in access || proofs === "wrong") return undefined;
    access[group] = proofs;
  }
  return access;
}

function parseWays(text: string): Proofs | undefined | "wrong" {
  if (text === "open") return undefined;
  const ways = text.split("+");
  const tokens = ways.filter((way) => /^jwt(:[\w./:-]+)?$/.test(way));
  const key = ways.includes("key");
  if (tokens.length > 1 || tokens.length + (key ? 1 : 0) !== ways.length) return "wrong";
  return { key, jwt: tokens[0] === undefined ? undefined : tokens[0].slice("jwt:".length) };
}

/**
 * The access to every group: as given, else open for those of operations, else by whatever is set up, and open when
 * nothing is.
 * @throws {Error} when a group is given a way that is not set up: it would be closed to everybody.
 */
export function resolveRouteAccess(
  given: Partial<RouteAccess>,
  setUp: { readonly key: boolean; readonly jwt: boolean },
): RouteAccess {
  const anything = setUp.key || setUp.jwt ? { key: setUp.key, jwt: setUp.jwt ? "" : undefined } : undefined;
  return Object.fromEntries(
    ROUTE_GROUPS.map((group) => {
      if (!(group in given)) return [group, OPEN_BY_DEFAULT.includes(group) ? undefined : anything];
      const proofs = given[group];
      if (proofs?.key && !setUp.key) throw notSetUp(group, "key", "API_KEYS");
      if (proofs?.jwt !== undefined && !setUp.jwt) throw notSetUp(group, "jwt", "JWT_JWKS_URL");
      return [group, proofs];
    }),
  ) as RouteAccess;
}

function notSetUp(group: RouteGroup, way: string, variable: string): Error {
  return new Error(`ROUTE_ACCESS has ${way} for ${group}, but ${variable} is not set. Set it, or take ${way} out.`);
}
