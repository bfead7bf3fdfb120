import type * as pulumi from "@pulumi/pulumi";
import type { NodePoolShape } from "../contract";

/**
 * The cluster that objects are put on, as far as they must know it. What talks to it is the `kubernetes` provider in
 * a component's options; everything here is known while planning unless it is an `Input`.
 */
export interface ClusterTarget {
  readonly stack: string;
  readonly environment: "dev" | "staging" | "prod";
  readonly cloud: "aws" | "gcp" | "azure";
  readonly region: pulumi.Input<string>;
  readonly clusterName: pulumi.Input<string>;
  /** IPv4 range of the network that the cluster's nodes, databases and load balancers are in, CIDR notation. */
  readonly networkCidr: string;
  /** By pool name, as the cluster has them; taints must be tolerated by what is to run there. */
  readonly nodePools: Readonly<Record<string, NodePoolShape>>;
}
