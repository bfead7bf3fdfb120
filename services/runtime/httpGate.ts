import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import type { FastifyInstance } from "fastify";
import { ServiceError } from "./errors";

export interface HttpGateArgs {
  /** Names that a request may be addressed to, besides local ones; `*.example.com` takes names below, `*` any. */
  readonly trustedHosts: readonly string[];
  /** Origins of web pages that may call, such as `https://app.example.com`; `*` takes any. */
  readonly corsOrigins: readonly string[];
}

/** Names below these are given inside a cluster or a machine, so nobody outside can point one at us. */
const LOCAL_SUFFIXES = [".svc", ".cluster.local", ".internal", ".localhost"];
const PREFLIGHT_SECONDS = 600;
const EXPOSED = "inference-header-content-length, retry-after, traceparent";

/**
 * Keeps out requests that a web page could make a browser send: those addressed to a name that is not ours (DNS
 * rebinding), and those of pages of other origins (CORS and forged requests). Closed by default: addresses, names
 * without a dot and cluster-internal names are trusted, and no origin but the server's own.
 */
export class HttpGate {
  /** Nearly all requests are addressed to one name, which is looked at once. */
  private lastTrusted: string | undefined;

  constructor(private readonly args: HttpGateArgs) {}

  /** True when a request needs no further look; costs two comparisons. */
  passes({ host, origin }: IncomingHttpHeaders): boolean {
    return origin === undefined && (host === this.lastTrusted || this.trusts(host));
  }

  /**
   * Headers that let the page read the answer; none for requests that no page sent.
   * @throws {ServiceError} 421 untrusted_host, 403 origin_not_allowed.
   */
  check({ host, origin }: IncomingHttpHeaders): Readonly<Record<string, string>> {
    if (!this.trusts(host)) {
      throw new ServiceError(
        421,
        "untrusted_host",
        `The request is addressed to ${JSON.stringify(host ?? "")}, which is no name of this server. Add it to TRUSTED_HOSTS if it is one.`,
      );
    }
    if (origin === undefined || isOwn(origin, host)) return {};
    const { corsOrigins } = this.args;
    if (!corsOrigins.includes(origin) && !corsOrigins.includes("*")) {
      throw new ServiceError(
        403,
        "origin_not_allowed",
        `Pages of the origin ${JSON.stringify(origin)} may not call this server. Add it to CORS_ORIGINS if they may.`,
      );
    }
    return { "access-control-allow-origin": origin, "access-control-expose-headers": EXPOSED, vary: "origin" };
  }

  private trusts(host: string | undefined): boolean {
    if (host === undefined) return false;
    const name = host.replace(/:\d*$/, "").toLowerCase();
    const { trustedHosts } = this.args;
    const trusted =
      isLocal(name) ||
      trustedHosts.some((pattern) =>
        pattern.startsWith("*") ? name.endsWith(pattern.slice(1).toLowerCase()) : name === pattern.toLowerCase(),
      );
    if (trusted) this.lastTrusted = host;
    return trusted;
  }
}

function isLocal(name: string): boolean {
  if (isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0) return true;
  return name !== "" && (!name.includes(".") || LOCAL_SUFFIXES.some((suffix) => name.endsWith(suffix)));
}

/** A page that this server gave may call it. */
function isOwn(origin: string, host: string | undefined): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

/** Puts the gate before every route of a server, and answers what browsers ask before a request (preflight). */
export function addHttpGate(server: FastifyInstance, gate: HttpGate): void {
  server.addHook("onRequest", (request, reply, done) => {
    const { headers, method } = request.raw;
    if (gate.passes(headers)) return done();
    const allowed = gate.check(headers);
    // On the bare answer, since one route is answered there.
    for (const [name, value] of Object.entries(allowed)) reply.raw.setHeader(name, value);
    const asked = headers["access-control-request-method"];
    if (method !== "OPTIONS" || asked === undefined || allowed["access-control-allow-origin"] === undefined) {
      return done();
    }
    reply.raw.setHeader("access-control-allow-methods", asked);
    reply.raw.setHeader("access-control-allow-headers", headers["access-control-request-headers"] ?? "content-type");
    reply.raw.setHeader("access-control-max-age", String(PREFLIGHT_SECONDS));
    void reply.code(204).send();
  });
}

/** The items of a list with commas between. */
export function parseList(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
