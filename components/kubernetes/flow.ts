import type { Labels } from "./labels";

/** An end of a flow. */
export type Peer =
  /** Pods of a namespace: those with the labels, or all. */
  | { readonly kind: "pods"; readonly namespace: string; readonly labels?: Labels }
  /** The cloud network: managed databases and caches, private endpoints, and the API server calling webhooks. */
  | { readonly kind: "network" }
  /** Any address but those of the node itself: object stores and the clouds' APIs have no fixed ones. */
  | { readonly kind: "anywhere" };

/** What gives pods the tokens of their cloud identity, on the node itself; ports are the cloud's. */
export interface IdentityServer {
  readonly kind: "identityServer";
}

/** A port and its protocol. */
export interface FlowPort {
  readonly port: number;
  /** @default TCP */
  readonly protocol?: "TCP" | "UDP";
}

/** Traffic that is wanted; all other is refused. */
export interface Flow {
  /** Unique; part of the names of the policies. */
  readonly name: string;
  readonly from: Peer;
  readonly to: Peer | IdentityServer;
  /** Port of the pod, not of its service. */
  readonly ports: readonly FlowPort[];
  readonly why: string;
}

/** Pods of a namespace by their label app.kubernetes.io/name. */
export function app(namespace: string, name: string): Peer {
  return { kind: "pods", namespace, labels: { "app.kubernetes.io/name": name } };
}

/** All pods of a namespace. */
export function all(namespace: string): Peer {
  return { kind: "pods", namespace };
}

/** TCP ports. */
export function tcp(...ports: readonly number[]): readonly FlowPort[] {
  return ports.map((port) => ({ port }));
}
