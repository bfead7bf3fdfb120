import { createHash } from "node:crypto";
import type { JWTPayload, JWTVerifyGetKey } from "jose";
import { ServiceError } from "../../runtime/errors";

export interface TokenArgs {
  /** URL of the issuer's keys (JSON Web Key Set). */
  readonly jwksUrl: string;
  /** What a token's `iss` must be. */
  readonly issuer: string;
  /** What a token's `aud` must be or contain. */
  readonly audience: string;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

/** Who a token speaks for, and what it may do. */
export interface TokenHolder {
  readonly name: string;
  readonly scopes: readonly string[];
}

interface Known {
  readonly holder: TokenHolder;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Public-key algorithms only: a key set is public, so a token that it could sign would be anybody's. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const CLOCK_TOLERANCE_SECONDS = 5;
const KEYS_TIMEOUT_MS = 5_000;
/** A signature is not computed again for so long; a key that is withdrawn is refused after it. */
const TRUST_MS = 60_000;
const MOST_KNOWN = 10_000;
/** jose's codes of what is wrong with the key set or the way to it. */
const NOT_THE_TOKENS = ["ERR_JOSE_GENERIC", "ERR_JWKS_TIMEOUT", "ERR_JWKS_INVALID"];

/**
 * Verifies JSON Web Tokens (RFC 7519) with the keys that their issuer publishes. A token that was found good is known by
 * its hash for a minute, and not beyond its end, so that only its first request waits for the signature.
 */
export class TokenVerifier {
  /** By the SHA-256 of the token, in the order of their arrival. */
  private readonly known = new Map<string, Known>();
  private keys: JWTVerifyGetKey | undefined;

  constructor(private readonly args: TokenArgs) {}

  /** Rejects, or throws, a {ServiceError}: 401 unauthenticated with what is wrong, 503 keys_unavailable. */
  verify(token: string): TokenHolder | Promise<TokenHolder> {
    const { now = Date.now } = this.args;
    const hash = createHash("sha256").update(token).digest("base64");
    const known = this.known.get(hash);
    if (known !== undefined && now() < known.until) return known.holder;
    this.known.delete(hash);
    return this.verifySignature(token, hash);
  }

  private async verifySignature(token: string, hash: string): Promise<TokenHolder> {
    const { issuer, audience, jwksUrl, now = Date.now } = this.args;
    // Here, so that a server without tokens does not load it.
    const { createRemoteJWKSet, errors, jwtVerify } = await import("jose");
    this.keys ??= createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: KEYS_TIMEOUT_MS });
    const options = {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ["exp"],
      currentDate: new Date(now()),
    };
    const { payload } = await jwtVerify(token, this.keys, options).catch((error: unknown) => {
      const isTokens = error instanceof errors.JOSEError && !NOT_THE_TOKENS.includes(error.code);
      throw isTokens ? refusal(error) : keysUnavailable(error as Error, jwksUrl);
    });
    const holder = { name: nameOf(payload), scopes: scopesOf(payload) };
    const [eldest] = this.known.size < MOST_KNOWN ? [] : this.known.keys();
    if (eldest !== undefined) this.known.delete(eldest);
    this.known.set(hash, { holder, until: Math.min(now() + TRUST_MS, (payload.exp ?? 0) * 1000) });
    return holder;
  }
}

/** True for what has the form of a signed token; API keys may not. */
export function looksLikeToken(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);
}

function nameOf({ sub, client_id: client, azp }: JWTPayload): string {
  const names = [sub, client, azp].filter((name) => typeof name === "string" && name !== "");
  return (names[0] as string | undefined) ?? "unnamed";
}

/** `scope` as RFC 8693 has it, or `scp` or `roles` as issuers write it. */
function scopesOf({ scope, scp, roles }: JWTPayload): readonly string[] {
  return [scope, scp, roles].flatMap((claim) => {
    if (typeof claim === "string") return claim.split(" ");
    return Array.isArray(claim) ? claim.filter((item) => typeof item === "string") : [];
  });
}

/** The token's text is repeated nowhere. */
function refusal(error: Error): ServiceError {
  return new ServiceError(401, "unauthenticated", `The token is not accepted: ${error.message}.`);
}

function keysUnavailable(error: Error, jwksUrl: string): ServiceError {
  return new ServiceError(
    503,
    "keys_unavailable",
    `The keys that tokens are verified with cannot be had from ${new URL(jwksUrl).host}: ${error.message}. Try again.`,
  );
}
