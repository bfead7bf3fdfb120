import { createHash } from "node:crypto";
import { ServiceError } from "../runtime/errors";

/** A caller that may use the server. */
export interface ApiKey {
  /** For logs and messages. */
  readonly name: string;
  /** SHA-256 of the key, hexadecimal: the key itself is not kept here. */
  readonly sha256: string;
}

export interface AccessArgs {
  /** Empty: whoever reaches the port may call. */
  readonly keys: readonly ApiKey[];
  /** Requests a second of each key, as many at once; without keys, of all callers together. Undefined: no limit. */
  readonly ratePerSecond: number | undefined;
  /** Milliseconds of a clock that never goes back. @default performance.now */
  readonly now?: () => number;
}

/** What a request says of who sends it. */
export interface Credentials {
  readonly authorization?: string | undefined;
  readonly "x-api-key"?: string | string[] | undefined;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/**
 * Decides whether a request may go on: by its key, as `Authorization: Bearer KEY` or `X-Api-Key: KEY`, and by how many
 * came before it (a token bucket for each key). Keys are random and long, so that a plain hash keeps them.
 */
export class Access {
  private readonly buckets = new Map<string, Bucket>();
  private readonly keys: ReadonlyMap<string, ApiKey>;

  constructor(private readonly args: AccessArgs) {
    this.keys = new Map(args.keys.map((key) => [key.sha256, key]));
  }

  /** @throws {ServiceError} 401 unauthenticated, or 429 rate_limited with when to try again. */
  check(credentials: Credentials): void {
    if (this.keys.size === 0 && this.args.ratePerSecond === undefined) return;
    this.takeToken(this.identify(credentials));
  }

  private identify({ authorization, "x-api-key": header }: Credentials): string {
    if (this.keys.size === 0) return "";
    const given = /^bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? header;
    if (typeof given !== "string" || given === "") {
      throw new ServiceError(
        401,
        "unauthenticated",
        "The request has no API key. Send it as Authorization: Bearer KEY, or as X-Api-Key: KEY.",
      );
    }
    const key = this.keys.get(createHash("sha256").update(given).digest("hex"));
    if (key !== undefined) return key.name;
    throw new ServiceError(401, "unauthenticated", "The API key is not known here.");
  }

  private takeToken(caller: string): void {
    const { ratePerSecond: rate, now = () => performance.now() } = this.args;
    if (rate === undefined) return;
    const most = Math.max(rate, 1);
    const time = now();
    const bucket = this.buckets.get(caller) ?? { tokens: most, filledAt: time };
    bucket.tokens = Math.min(most, bucket.tokens + ((time - bucket.filledAt) / 1000) * rate);
    bucket.filledAt = time;
    this.buckets.set(caller, bucket);
    if (bucket.tokens < 1) {
      const seconds = Math.ceil((1 - bucket.tokens) / rate);
      const who = caller === "" ? "all callers together" : `the API key ${caller}`;
      throw new ServiceError(
        429,
        "rate_limited",
        `More than ${rate} requests a second came from ${who}. Try again in ${seconds} s.`,
        { retry_after_seconds: seconds },
      );
    }
    bucket.tokens--;
  }
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
