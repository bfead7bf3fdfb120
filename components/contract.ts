import type * as pulumi from "@pulumi/pulumi";

/**
 * What every cloud gives, in the same shape, so that whatever stands on it need not know which cloud it is. Each
 * interface is a component; `components/aws`, `gcp` and `azure` hold one class for each, `components/local` those that
 * make sense on one machine.
 */

/** A private network over several zones. */
export interface Network extends pulumi.ComponentResource {
  /** VPC id (AWS), self link (Google Cloud), resource id (Azure). */
  readonly networkId: pulumi.Output<string>;
  /** IPv4 range in CIDR notation, known while planning. */
  readonly cidr: string;
  /** Subnets with a route from the internet: load balancers and NAT only. */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  /** Subnets for nodes and pods, with a route out through NAT where there is one. */
  readonly privateSubnetIds: pulumi.Output<string[]>;
  /** Subnets for managed databases and caches, without any route out. */
  readonly databaseSubnetIds: pulumi.Output<string[]>;
  /** Addresses that the network's traffic leaves from. */
  readonly natAddresses: pulumi.Output<string[]>;
}

/** A taint as a node pool sets it. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** What pods must know of a node pool to be scheduled onto it. */
export interface NodePoolShape {
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  /** Accelerators of one node; 0 without. */
  readonly gpusPerNode: number;
}

/** A Kubernetes cluster with its node pools. */
export interface Cluster extends pulumi.ComponentResource {
  readonly clusterName: pulumi.Output<string>;
  /** HTTPS URL of the API server. */
  readonly endpoint: pulumi.Output<string>;
  /** Issuer of the cluster's service account tokens, for workload identity. */
  readonly oidcIssuerUrl: pulumi.Output<string>;
  /** Kubeconfig as JSON text that fetches short-lived credentials with an explicit role, profile or account. Secret. */
  readonly kubeconfig: pulumi.Output<string>;
  /** By pool name, known while planning. */
  readonly nodePools: Readonly<Record<string, NodePoolShape>>;
}

/** A Postgres database. */
export interface Database extends pulumi.ComponentResource {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly databaseName: pulumi.Output<string>;
  readonly username: pulumi.Output<string>;
  /** Where the password is kept: secret ARN, Secret Manager name or Key Vault id. Empty when there is no password. */
  readonly passwordSecret: pulumi.Output<string>;
}

/** Object storage for model packages, training artifacts and data sets, as URLs that services/runtime/objectStore.ts opens. */
export interface ObjectStore extends pulumi.ComponentResource {
  readonly modelsUrl: pulumi.Output<string>;
  readonly artifactsUrl: pulumi.Output<string>;
  readonly dataUrl: pulumi.Output<string>;
}

/** A Redis-compatible cache, reached over TLS. */
export interface Cache extends pulumi.ComponentResource {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  /** Where the password is kept, as in `Database`. */
  readonly passwordSecret: pulumi.Output<string>;
}

/** A container registry. */
export interface Registry extends pulumi.ComponentResource {
  /** Host and path that image names start with. */
  readonly url: pulumi.Output<string>;
}

/** A cloud identity that pods of one service account take on without stored keys. */
export interface Identity extends pulumi.ComponentResource {
  /** Role ARN, service account e-mail or client id. */
  readonly principal: pulumi.Output<string>;
  /** Annotations that bind the Kubernetes service account; empty where the binding is made on the cloud's side. */
  readonly serviceAccountAnnotations: pulumi.Output<Record<string, string>>;
}

/** Key encryption and secret storage for what runs on the cluster; Vault unseals with the key. */
export interface Secrets extends pulumi.ComponentResource {
  /** Key ARN, crypto key name or Key Vault key id. */
  readonly keyId: pulumi.Output<string>;
}

/** Logs, dashboards, alarms and budgets, sent to one place. */
export interface Alarms extends pulumi.ComponentResource {
  /** SNS topic ARN, notification channel name or action group id. */
  readonly channel: pulumi.Output<string>;
}

/** All that one cloud gives a stack. */
export interface Foundation extends pulumi.ComponentResource {
  readonly network: Network;
  readonly cluster: Cluster;
  readonly database: Database;
  readonly objects: ObjectStore;
  readonly cache: Cache;
  readonly registry: Registry;
  readonly secrets: Secrets;
  readonly alarms: Alarms;
  /** By workload, such as serving; known while planning. */
  readonly identities: Readonly<Record<string, Identity>>;
}

/** A bundled service that runs. */
export interface Workload extends pulumi.ComponentResource {
  /** Where clients on the service's network reach it. */
  readonly url: pulumi.Output<string>;
}
