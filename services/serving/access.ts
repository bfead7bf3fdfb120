import { createHash } from "node:crypto";
import { ServiceError } from "../runtime/errors";
import { type Proofs, type RouteAccess, type RouteGroup, resolveRouteAccess } from "./security/routeAccess";
import { looksLikeToken, type TokenHolder, type TokenVerifier } from "./security/tokens";

/** A caller that may use the server. */
export interface ApiKey {
  /** For logs and messages. */
  readonly name: string;
  /** SHA-256 of the key, hexadecimal: the key itself is not kept here. */
  readonly sha256: string;
}

export interface AccessArgs {
  /** Callers' keys; empty: none. */
  readonly keys: readonly ApiKey[];
  /** Verifies callers' tokens; absent: none are taken. */
  readonly tokens?: Pick<TokenVerifier, "verify"> | undefined;
  /** What the routes take, where it is not what is set up. */
  readonly routes?: Partial<RouteAccess> | undefined;
  /** Requests a second of each caller, as many at once; of those without a name all together. Undefined: no limit. */
  readonly ratePerSecond: number | undefined;
  /** Milliseconds of a clock that never goes back. @default performance.now */
  readonly now?: () => number;
}

/** What a request says of who sends it. */
export interface Credentials {
  readonly authorization?: string | undefined;
  readonly "x-api-key"?: string | string[] | undefined;
}

/** Who was let in: `key:NAME`, `token:SUBJECT`, or `anonymous` where nobody has to say. */
export type Caller = string;
const ANONYMOUS: Caller = "anonymous";

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Callers whose rate is remembered; who was not heard of the longest is forgotten first. */
const MOST_BUCKETS = 10_000;
/** Routes of operations are not counted: who watches must see a server that turns others away. */
const UNLIMITED: readonly RouteGroup[] = ["health", "metrics", "docs"];

/**
 * Decides whether a request may go on: by its key (`Authorization: Bearer KEY` or `X-Api-Key: KEY`) or its token
 * (`Authorization: Bearer TOKEN`), by its route, and by how many came before it (a token bucket for each caller).
 * Keys are random and long, so that a plain hash keeps them.
 */
export class Access {
  private readonly buckets = new Map<Caller, Bucket>();
  private readonly keys: ReadonlyMap<string, ApiKey>;
  private readonly routes: RouteAccess;

  /** @throws {Error} when a route is given a way that is not set up. */
  constructor(private readonly args: AccessArgs) {
    this.keys = new Map(args.keys.map((key) => [key.sha256, key]));
    this.routes = resolveRouteAccess(args.routes ?? {}, { key: this.keys.size > 0, jwt: args.tokens !== undefined });
  }

  /**
   * At once, or when a token has been verified, who may go on. Rejects, or throws, a {ServiceError}: 401 unauthenticated,
   * 403 forbidden, 503 keys_unavailable, or 429 rate_limited with when to try again.
   */
  admit(group: RouteGroup, credentials: Credentials): Caller | Promise<Caller> {
    const proofs = this.routes[group];
    if (proofs === undefined) return this.count(group, ANONYMOUS);
    const given = givenBy(credentials);
    if (given === undefined) throw nothingGiven(proofs);
    const key = proofs.key ? this.keys.get(createHash("sha256").update(given).digest("hex")) : undefined;
    if (key !== undefined) return this.count(group, `key:${key.name}`);
    const { tokens } = this.args;
    const { jwt: scope } = proofs;
    if (scope === undefined || tokens === undefined || !looksLikeToken(given)) {
      const what = proofs.key
        ? "The API key is not known here."
        : "This route takes tokens, and what was sent is none.";
      throw new ServiceError(401, "unauthenticated", what);
    }
    const holder = tokens.verify(given);
    if (!(holder instanceof Promise)) return this.count(group, callerOf(holder, scope));
    return holder.then((verified) => this.count(group, callerOf(verified, scope)));
  }

  private count(group: RouteGroup, caller: Caller): Caller {
    if (this.args.ratePerSecond !== undefined && !UNLIMITED.includes(group)) this.takeToken(caller);
    return caller;
  }

  private takeToken(caller: Caller): void {
    const { ratePerSecond: rate = 0, now = () => performance.now() } = this.args;
    const most = Math.max(rate, 1);
    const time = now();
    const bucket = this.buckets.get(caller) ?? { tokens: most, filledAt: time };
    bucket.tokens = Math.min(most, bucket.tokens + ((time - bucket.filledAt) / 1000) * rate);
    bucket.filledAt = time;
    this.buckets.delete(caller);
    this.buckets.set(caller, bucket);
    const [eldest] = this.buckets.size > MOST_BUCKETS ? this.buckets.keys() : [];
    if (eldest !== undefined) this.buckets.delete(eldest);
    if (bucket.tokens < 1) {
      const seconds = Math.ceil((1 - bucket.tokens) / rate);
      throw new ServiceError(
        429,
        "rate_limited",
        `More than ${rate} requests a second came from ${who(caller)}. Try again in ${seconds} s.`,
        { retry_after_seconds: seconds },
      );
    }
    bucket.tokens--;
  }
}

function givenBy({ authorization, "x-api-key": header }: Credentials): string | undefined {
  const given = /^bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? header;
  return typeof given === "string" && given !== "" ? given : undefined;
}

function callerOf({ name, scopes }: TokenHolder, scope: string): Caller {
  if (scope === "" || scopes.includes(scope)) return `token:${name}`;
  throw new ServiceError(403, "forbidden", `The token does not have the scope ${scope}, which this route needs.`);
}

function nothingGiven({ key, jwt }: Proofs): ServiceError {
  const ways = [
    ...(jwt === undefined ? [] : ["a token as Authorization: Bearer TOKEN"]),
    ...(key ? ["an API key as Authorization: Bearer KEY or X-Api-Key: KEY"] : []),
  ];
  return new ServiceError(401, "unauthenticated", `The request does not say who sends it. Send ${ways.join(", or ")}.`);
}

function who(caller: Caller): string {
  if (caller === ANONYMOUS) return "all callers together";
  return caller.startsWith("key:") ? `the API key ${caller.slice(4)}` : `the holder of the token ${caller.slice(6)}`;
}

/**
 * Keys as the environment lists them: `NAME:SHA256`, with a comma between.
 * @returns undefined when the text is no such list, or names a key or a hash twice.
 */
export function parseApiKeys(text: string): readonly ApiKey[] | undefined {
  const items = text.split(",").map((item) => /^([A-Za-z0-9._-]{1,64}):([0-9a-f]{64})$/.exec(item.trim()));
  const keys = items.flatMap((match) => (match?.[1] && match[2] ? [{ name: match[1], sha256: match[2] }] : []));
  const unique = (values: readonly string[]) => new Set(values).size === items.length;
  return unique(keys.map(({ name }) => name)) && unique(keys.map(({ sha256 }) => sha256)) ? keys : undefined;
}
