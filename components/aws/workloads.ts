import type * as pulumi from "@pulumi/pulumi";
import type { BucketAccess } from "./objectStore";

/** A workload and what it may reach; nothing else may. */
export interface AwsWorkload {
  /** Kubernetes namespace and service account. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /** @default no bucket */
  readonly buckets?: BucketAccess;
  /** Whether it connects to the database, and so reads its password. @default false */
  readonly database?: boolean;
  /** Whether it unseals Vault with the stack's key. @default false */
  readonly seal?: boolean;
  /** Further policies by name, JSON. @default none */
  readonly policies?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Takes the role on through the cluster's issuer instead of Pod Identity. @default false */
  readonly irsa?: boolean;
}

const NAMESPACE = "ml-platform";

/** What the bundled services, and the charts beside them, reach. */
export const WORKLOADS: Readonly<Record<string, AwsWorkload>> = {
  serving: { namespace: NAMESPACE, serviceAccount: "serving", buckets: { models: "read" } },
  training: {
    namespace: NAMESPACE,
    serviceAccount: "training",
    buckets: { models: "write", artifacts: "write", data: "read" },
  },
  // External Secrets reads their password under their own accounts, which it can do by the issuer alone.
  drift: { namespace: NAMESPACE, serviceAccount: "drift", database: true, irsa: true },
  mlflow: {
    namespace: "mlflow",
    serviceAccount: "mlflow",
    buckets: { artifacts: "write" },
    database: true,
    irsa: true,
  },
  vault: { namespace: "vault", serviceAccount: "vault", seal: true },
};
