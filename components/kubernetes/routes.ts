import type { ServiceDescriptor } from "../../services/runtime/descriptor";
import type { CustomObject, CustomObjectArgs } from "./customResource";
import { GATEWAY } from "./namespaces";

/** How clients outside the cluster reach a service. */
export interface RouteArgs {
  /** Host names of requests over HTTPS, such as models.example.com. */
  readonly hostnames: readonly string[];
  /** Host names of gRPC, others than those above: a name has one protocol. @default no gRPC from outside */
  readonly grpcHostnames?: readonly string[];
  /** Seconds that one request may take. @default 30 */
  readonly timeoutSeconds?: number;
}

/** Name of the Gateway that all routes belong to, and of its listener with a certificate. */
export const GATEWAY_NAME = "tideline";
export const TLS_LISTENER = "https";

/** Gateway API v1, as far as it is used. Source: gateway-api.sigs.k8s.io, API reference. */
interface Route extends CustomObject {
  readonly apiVersion: "gateway.networking.k8s.io/v1";
  readonly kind: "HTTPRoute" | "GRPCRoute";
  readonly spec: {
    readonly parentRefs: readonly { readonly name: string; readonly namespace: string; readonly sectionName: string }[];
    readonly hostnames: readonly string[];
    readonly rules: readonly {
      readonly backendRefs: readonly { readonly name: string; readonly port: number }[];
      readonly timeouts?: { readonly request: string };
    }[];
  };
}

interface RouteMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
}

const parentRefs = [{ name: GATEWAY_NAME, namespace: GATEWAY, sectionName: TLS_LISTENER }];

/** Leads the host names' requests to the service's port `http`. */
export function httpRoute(
  metadata: RouteMetadata,
  { ports }: ServiceDescriptor,
  { hostnames, timeoutSeconds = 30 }: RouteArgs,
): CustomObjectArgs<Route> {
  const backendRefs = [{ name: metadata.name, port: ports.http?.default ?? 0 }];
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata,
    spec: { parentRefs, hostnames, rules: [{ backendRefs, timeouts: { request: `${timeoutSeconds}s` } }] },
  };
}

/** Leads gRPC to the service's port `grpc`; undefined where there is none, or no host name for it. */
export function grpcRoute(
  metadata: RouteMetadata,
  { ports }: ServiceDescriptor,
  { grpcHostnames = [] }: RouteArgs,
): CustomObjectArgs<Route> | undefined {
  if (!ports.grpc || grpcHostnames.length === 0) return undefined;
  const backendRefs = [{ name: metadata.name, port: ports.grpc.default }];
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "GRPCRoute",
    metadata: { ...metadata, name: `${metadata.name}-grpc` },
    spec: { parentRefs, hostnames: grpcHostnames, rules: [{ backendRefs }] },
  };
}
