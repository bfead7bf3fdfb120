import type { PlainNetworkPolicy, PlainPeer } from "../../components/kubernetes/networkPolicies";
import { overlaps } from "../../components/subnetLayout";

/** A pod, or something outside the cluster that has only an address. */
export interface Endpoint {
  readonly name: string;
  /** Undefined outside the cluster, and for what runs on the nodes themselves. */
  readonly pod?: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
  readonly address: string;
}

export interface Packet {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

/**
 * Whether policies let a packet through: the sender's egress rules and the receiver's ingress rules must both allow it;
 * a pod that no policy of a direction selects is open in it. Source: Kubernetes, "Network Policies".
 */
export function reaches(policies: readonly PlainNetworkPolicy[], packet: Packet): boolean {
  return allowed(policies, packet, "Egress") && allowed(policies, packet, "Ingress");
}

function allowed(
  policies: readonly PlainNetworkPolicy[],
  { from, to, port, protocol }: Packet,
  direction: "Ingress" | "Egress",
): boolean {
  const [subject, other] = direction === "Egress" ? [from, to] : [to, from];
  const { pod } = subject;
  if (!pod) return true;
  const selecting = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === pod.namespace &&
      spec.policyTypes.includes(direction) &&
      matches(spec.podSelector.matchLabels, pod.labels),
  );
  if (selecting.length === 0) return true;
  const rules = selecting.flatMap(({ spec }) =>
    direction === "Egress"
      ? (spec.egress ?? []).map((rule) => ({ peers: rule.to, ports: rule.ports }))
      : (spec.ingress ?? []).map((rule) => ({ peers: rule.from, ports: rule.ports })),
  );
  return rules.some(
    ({ peers, ports }) =>
      peers.some((peer) => isPeer(peer, other)) &&
      (ports?.some((open) => open.port === port && open.protocol === protocol) ?? true),
  );
}

/** An address range is tried on pods too: where pods have addresses of the cloud network, it may hold them. */
function isPeer({ namespaceSelector, podSelector, ipBlock }: PlainPeer, { pod, address }: Endpoint): boolean {
  if (ipBlock) {
    const { cidr, except = [] } = ipBlock;
    return overlaps(cidr, `${address}/32`) && !except.some((range) => overlaps(range, `${address}/32`));
  }
  if (!pod) return false;
  const namespaceLabels = { "kubernetes.io/metadata.name": pod.namespace };
  return matches(namespaceSelector?.matchLabels, namespaceLabels) && matches(podSelector?.matchLabels, pod.labels);
}

function matches(wanted: Readonly<Record<string, string>> = {}, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
