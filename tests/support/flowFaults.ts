import { FLOWS, type Flow, type IdentityServer, type Peer } from "../../components/kubernetes/flows";
import type { PlainNetworkPolicy } from "../../components/kubernetes/networkPolicies";
import { type Endpoint, reaches } from "./reachability";

/** Range of the network that the tests' clusters are in. */
export const NETWORK_CIDR = "10.0.0.0/16";

/** A pod by its namespace and label app.kubernetes.io/name. */
export function pod(namespace: string, name: string): Endpoint {
  return labelled(namespace, { "app.kubernetes.io/name": name });
}

function labelled(namespace: string, labels: Readonly<Record<string, string>>): Endpoint {
  return { name: `${namespace}/${Object.values(labels).join("+")}`, pod: { namespace, labels }, address: "10.0.1.5" };
}

/** What is outside the cluster, as it looks on AWS. */
export const OUTSIDE = {
  internet: { name: "internet", address: "203.0.113.7" },
  database: { name: "database", address: "10.0.9.9" },
  metadata: { name: "node metadata", address: "169.254.169.254" },
  identity: { name: "identity server", address: "169.254.170.23" },
} satisfies Record<string, Endpoint>;

/** The cluster's DNS servers. */
export const DNS: Endpoint = {
  name: "dns",
  pod: { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
  address: "10.0.2.2",
};

/** How often packets passed and were refused, and where that is not as the flows want it. */
export interface FlowFaults {
  readonly passed: number;
  readonly refused: number;
  readonly wrong: readonly string[];
}

/**
 * Sends a packet between every two ends, on every port that any flow names and two that none does, and compares what
 * the policies let through with the flows themselves.
 */
export function flowFaults(
  policies: readonly PlainNetworkPolicy[],
  namespaces: readonly string[],
  flows: readonly Flow[] = FLOWS,
): FlowFaults {
  const known = (peer: Peer | IdentityServer) => peer.kind !== "pods" || namespaces.includes(peer.namespace);
  const made = flows.filter(({ from, to }) => known(from) && known(to));
  const ours = ({ pod: found }: Endpoint) => found !== undefined && namespaces.includes(found.namespace);
  const all = endpoints(made, namespaces);
  const ports = [...new Set([22, 3000, ...made.flatMap((flow) => flow.ports.map(({ port }) => port))])].filter(Boolean);
  const wrong = dnsFaults(policies, namespaces);
  let [passed, refused] = [0, 0];
  for (const from of all) {
    for (const to of all) {
      // What is on neither side in a namespace of ours is not ours to refuse.
      if (!ours(from) && !ours(to)) continue;
      for (const port of ports) {
        const passes = reaches(policies, { from, to, port, protocol: "TCP" });
        if (passes) passed++;
        else refused++;
        const meant = made.some((flow) => isMeant(flow.from, from) && isMeant(flow.to, to) && covers(flow, port));
        if (meant && !passes) wrong.push(`${from.name} cannot reach ${to.name}:${port}`);
        // Each side of a packet is judged alone: one flow may send anywhere, another take from anywhere.
        const joins = (flow: Flow) => isEnd(flow.from, from) && isEnd(flow.to, to) && covers(flow, port);
        const allowed = (!ours(from) || made.some(joins)) && (!ours(to) || made.some(joins));
        if (passes && !allowed) wrong.push(`${from.name} reaches ${to.name}:${port}`);
      }
    }
  }
  return { passed, refused, wrong };
}

/** Names are resolved from every namespace, and by nobody but the cluster's servers. */
function dnsFaults(policies: readonly PlainNetworkPolicy[], namespaces: readonly string[]): string[] {
  return namespaces.flatMap((namespace) => {
    const from = pod(namespace, "stranger");
    return (["UDP", "TCP"] as const).flatMap((protocol) => [
      ...(reaches(policies, { from, to: DNS, port: 53, protocol }) ? [] : [`${from.name} resolves no names`]),
      ...(reaches(policies, { from, to: OUTSIDE.internet, port: 53, protocol })
        ? [`${from.name} reaches DNS servers outside`]
        : []),
    ]);
  });
}

/** One pod for each end of a flow, one stranger in each namespace, one in a namespace of nobody's, and what is outside. */
function endpoints(flows: readonly Flow[], namespaces: readonly string[]): Endpoint[] {
  const named = flows
    .flatMap(({ from, to }) => [from, to])
    .flatMap((peer) => (peer.kind === "pods" && peer.labels ? [labelled(peer.namespace, peer.labels)] : []));
  const strangers = [...namespaces, "somebody"].map((namespace) => pod(namespace, "stranger"));
  const all = [...named, ...strangers, ...Object.values(OUTSIDE)];
  return [...new Map(all.map((endpoint) => [endpoint.name, endpoint])).values()];
}

/** Addresses are meant for what is outside; a pod that happens to have one must be named. */
function isMeant(peer: Peer | IdentityServer, endpoint: Endpoint): boolean {
  return (peer.kind === "pods" || endpoint.pod === undefined) && isEnd(peer, endpoint);
}

function isEnd(peer: Peer | IdentityServer, { pod: found, address }: Endpoint): boolean {
  if (peer.kind === "network") return address.startsWith("10.0.");
  if (peer.kind === "anywhere") return !address.startsWith("169.254.");
  if (peer.kind === "identityServer") return address === OUTSIDE.identity.address;
  if (found?.namespace !== peer.namespace) return false;
  return Object.entries(peer.labels ?? {}).every(([key, value]) => found.labels[key] === value);
}

/** On AWS the identity server listens on port 80. */
function covers({ to, ports }: Flow, port: number): boolean {
  if (to.kind === "identityServer") return port === 80;
  return ports.some((open) => open.port === 0 || open.port === port);
}
