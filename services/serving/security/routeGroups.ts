import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Access, Caller } from "../access";
import type { RequestObserver } from "../observability/requestObserver";
import type { RouteGroup } from "./routeAccess";

/**
 * Asks for every request whether it may go on, before its body is read. /predict is left to its own handler, which
 * fastify does not see.
 */
export function addRouteAccess(
  server: FastifyInstance,
  access: Pick<Access, "admit">,
  observer?: RequestObserver | undefined,
): void {
  const note = (request: FastifyRequest, caller: Caller) => {
    const record = observer?.find(request.raw);
    if (record !== undefined) record.caller = caller;
  };
  server.addHook("onRequest", (request, _reply, done) => {
    const group = groupOf(request);
    if (group === undefined) return done();
    const admitted = access.admit(group, request.headers);
    if (!(admitted instanceof Promise)) {
      note(request, admitted);
      return done();
    }
    admitted.then((caller) => {
      note(request, caller);
      done();
    }, done);
  });
}

const BEGINNINGS: readonly (readonly [string, RouteGroup])[] = [
  ["/v2/health/", "health"],
  ["/v2/repository/", "repository"],
  // Traffic rules say which model is served, as loads and unloads do.
  ["/traffic", "repository"],
  ["/v2", "inference"],
  ["/model/info", "predict"],
  ["/health", "health"],
  ["/metrics", "metrics"],
  ["/docs", "docs"],
  ["/openapi.json", "docs"],
];

/** Follows every request but those of operations, which are many and tell nothing; /predict follows its own. */
export function watchRoutes(observer: RequestObserver | undefined) {
  if (observer === undefined) return undefined;
  return (request: FastifyRequest, reply: FastifyReply) => {
    const group = groupOf(request);
    if (group === undefined || UNWATCHED.includes(group)) return;
    observer.watch(request.routeOptions.url ?? "unknown", request.raw, reply.raw);
  };
}

const UNWATCHED: readonly RouteGroup[] = ["health", "metrics", "docs"];

/** By the route that was found, or by the path asked for where there is none. */
function groupOf({ routeOptions, url }: FastifyRequest): RouteGroup | undefined {
  const path = routeOptions.url ?? url;
  return BEGINNINGS.find(([beginning]) => path.startsWith(beginning))?.[1];
}

/** The group of a call over gRPC. */
export function groupOfCall(name: string): RouteGroup {
  if (name === "ServerLive" || name === "ServerReady") return "health";
  return name.startsWith("Repository") ? "repository" : "inference";
}
