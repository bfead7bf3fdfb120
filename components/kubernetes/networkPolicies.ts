import * as networking from "@pulumi/kubernetes/networking/v1";
import type * as inputs from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import { ANY_PORT, FLOWS, type Flow, type FlowPort, type IdentityServer, type Peer } from "./flows";
import { standardLabels } from "./labels";
import { NAMESPACE_LABEL } from "./namespaces";
import type { ClusterTarget } from "./target";

/** A policy with everything known, as it is written to the API server. */
export interface PlainNetworkPolicy {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Record<string, string>;
    readonly annotations: Record<string, string>;
  };
  readonly spec: {
    readonly podSelector: { readonly matchLabels?: Record<string, string> };
    readonly policyTypes: ("Ingress" | "Egress")[];
    readonly ingress?: { from: PlainPeer[]; ports?: PlainPort[] }[];
    readonly egress?: { to: PlainPeer[]; ports?: PlainPort[] }[];
  };
}

export interface PlainPeer {
  readonly namespaceSelector?: { readonly matchLabels: Record<string, string> };
  readonly podSelector?: { readonly matchLabels: Record<string, string> };
  readonly ipBlock?: { readonly cidr: string; readonly except?: string[] };
}

export interface PlainPort {
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

export interface NetworkPoliciesArgs {
  readonly target: Pick<ClusterTarget, "cloud" | "networkCidr">;
  /** Namespaces that the cluster has of Tideline; flows of others are left out. */
  readonly namespaces: readonly string[];
  /** @default FLOWS */
  readonly flows?: readonly Flow[];
}

/** Refuses all traffic of Tideline's namespaces but DNS and the flows that are listed. */
export class NetworkPolicies extends pulumi.ComponentResource {
  constructor(name: string, args: NetworkPoliciesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:kubernetes:NetworkPolicies", name, {}, opts);
    for (const policy of networkPolicies(args)) {
      const { namespace, name: policyName } = policy.metadata;
      new networking.NetworkPolicy(
        `${name}-${namespace}-${policyName}`,
        policy as inputs.networking.v1.NetworkPolicy as networking.NetworkPolicyArgs,
        { parent: this },
      );
    }
    this.registerOutputs();
  }
}

/** All policies of a cluster: refusal and DNS for every namespace, then both ends of each flow. */
export function networkPolicies({ target, namespaces, flows = FLOWS }: NetworkPoliciesArgs): PlainNetworkPolicy[] {
  const made = (peer: Peer | IdentityServer) => peer.kind !== "pods" || namespaces.includes(peer.namespace);
  return [
    ...namespaces.flatMap((namespace) => [defaultDeny(namespace), allowDns(namespace)]),
    ...flows.filter(({ from, to }) => made(from) && made(to)).flatMap((flow) => flowPolicies(flow, target)),
  ];
}

function defaultDeny(namespace: string): PlainNetworkPolicy {
  return {
    metadata: metadata("default-deny", namespace, "what no other policy allows is refused"),
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  };
}

/** Address of the node's own DNS cache, where a cluster has one. Source: Kubernetes, "NodeLocal DNSCache". */
const NODE_DNS = "169.254.20.10/32";

function allowDns(namespace: string): PlainNetworkPolicy {
  const servers = {
    namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: "kube-system" } },
    podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
  };
  const ports = [
    { port: 53, protocol: "UDP" as const },
    { port: 53, protocol: "TCP" as const },
  ];
  return {
    metadata: metadata("allow-dns", namespace, "names of services and of the clouds' APIs"),
    spec: {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: [servers, { ipBlock: { cidr: NODE_DNS } }], ports }],
    },
  };
}

function flowPolicies(flow: Flow, target: NetworkPoliciesArgs["target"]): PlainNetworkPolicy[] {
  const { name, from, to, why } = flow;
  if (to.kind === "identityServer") return from.kind === "pods" ? identityPolicies(flow, from, target.cloud) : [];
  const ports = plainPorts(flow.ports);
  const outgoing: PlainNetworkPolicy[] =
    from.kind !== "pods"
      ? []
      : [
          {
            metadata: metadata(`${name}-out`, from.namespace, why),
            spec: {
              podSelector: selector(from),
              policyTypes: ["Egress"],
              egress: [{ to: [plainPeer(to, target)], ...ports }],
            },
          },
        ];
  const incoming: PlainNetworkPolicy[] =
    to.kind !== "pods"
      ? []
      : [
          {
            metadata: metadata(`${name}-in`, to.namespace, why),
            spec: {
              podSelector: selector(to),
              policyTypes: ["Ingress"],
              ingress: [{ from: [plainPeer(from, target)], ...ports }],
            },
          },
        ];
  return [...outgoing, ...incoming];
}

/**
 * Addresses on the node that give out tokens of cloud identities. Sources: Amazon EKS, "Pod Identity considerations";
 * Google Kubernetes Engine, "Network policies and Workload Identity Federation for GKE". Azure needs none: its
 * libraries go to login.microsoftonline.com.
 */
const IDENTITY_SERVERS: Readonly<
  Record<ClusterTarget["cloud"], readonly { cidr: string; ports: readonly number[] }[]>
> = {
  aws: [{ cidr: "169.254.170.23/32", ports: [80] }],
  gcp: [
    { cidr: "169.254.169.252/32", ports: [987, 988] },
    { cidr: "169.254.169.254/32", ports: [80] },
  ],
  azure: [],
};

function identityPolicies(
  { name, why }: Flow,
  from: Peer & { kind: "pods" },
  cloud: ClusterTarget["cloud"],
): PlainNetworkPolicy[] {
  const servers = IDENTITY_SERVERS[cloud];
  if (servers.length === 0) return [];
  const egress = servers.map(({ cidr, ports }) => ({
    to: [{ ipBlock: { cidr } }],
    ports: ports.map((port) => ({ port, protocol: "TCP" as const })),
  }));
  return [
    {
      metadata: metadata(`${name}-out`, from.namespace, why),
      spec: { podSelector: selector(from), policyTypes: ["Egress"], egress },
    },
  ];
}

/** What of the node itself no pod reaches by "anywhere", its metadata with the node's own role above all. */
const LINK_LOCAL = "169.254.0.0/16";

function plainPeer(peer: Peer, { networkCidr }: NetworkPoliciesArgs["target"]): PlainPeer {
  if (peer.kind === "network") return { ipBlock: { cidr: networkCidr } };
  if (peer.kind === "anywhere") return { ipBlock: { cidr: "0.0.0.0/0", except: [LINK_LOCAL] } };
  const namespaceSelector = { matchLabels: { [NAMESPACE_LABEL]: peer.namespace } };
  return peer.labels ? { namespaceSelector, podSelector: { matchLabels: { ...peer.labels } } } : { namespaceSelector };
}

function selector({ labels }: Peer & { kind: "pods" }): { matchLabels?: Record<string, string> } {
  return labels ? { matchLabels: { ...labels } } : {};
}

function plainPorts(ports: readonly FlowPort[]): { ports?: PlainPort[] } {
  if (ports.some(({ port }) => port === ANY_PORT)) return {};
  return { ports: ports.map(({ port, protocol = "TCP" }) => ({ port, protocol })) };
}

function metadata(name: string, namespace: string, why: string): PlainNetworkPolicy["metadata"] {
  return { name, namespace, labels: standardLabels("network-policy"), annotations: { "tideline.dev/why": why } };
}
