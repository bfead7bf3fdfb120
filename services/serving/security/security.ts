import { HttpGate, parseList } from "../../runtime/httpGate";
import { readTls, type TlsMaterial } from "../../runtime/httpTls";
import { Access, parseApiKeys } from "../access";
import type { Settings } from "../servedVersion";
import { parseRouteAccess } from "./routeAccess";
import { TokenVerifier } from "./tokens";

/** What stands between a caller and the models. */
export interface Security {
  readonly access: Access;
  readonly gate: HttpGate;
  /** Undefined: no TLS. */
  readonly tls: TlsMaterial | undefined;
}

/** @throws {Error} when settings that need one another are not all there, or a file of TLS cannot be used. */
export function createSecurity(settings: Settings): Security {
  const { API_KEYS: keys, ROUTE_ACCESS: routes, RATE_LIMIT_PER_SECOND: ratePerSecond } = settings;
  const access = new Access({
    keys: keys === undefined ? [] : (parseApiKeys(keys) ?? []),
    tokens: createTokens(settings),
    routes: routes === undefined ? undefined : parseRouteAccess(routes),
    ratePerSecond,
  });
  const { TRUSTED_HOSTS: hosts, CORS_ORIGINS: origins } = settings;
  const gate = new HttpGate({ trustedHosts: parseList(hosts), corsOrigins: parseList(origins) });
  return { access, gate, tls: readTls(settings) };
}

function createTokens(settings: Settings): TokenVerifier | undefined {
  const { JWT_JWKS_URL: jwksUrl, JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = settings;
  if (jwksUrl === undefined && issuer === undefined && audience === undefined) return undefined;
  if (jwksUrl !== undefined && issuer !== undefined && audience !== undefined) {
    return new TokenVerifier({ jwksUrl, issuer, audience });
  }
  const missing = (["JWT_JWKS_URL", "JWT_ISSUER", "JWT_AUDIENCE"] as const).filter((name) => !settings[name]);
  throw new Error(
    `Tokens need JWT_JWKS_URL, JWT_ISSUER and JWT_AUDIENCE together; ${missing.join(" and ")} is not set. A token for another service would be let in without.`,
  );
}
