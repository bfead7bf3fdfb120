import { ML_PLATFORM, MLFLOW, VAULT } from "./namespaces";

/** A service account that Tideline makes. */
export interface ServiceAccountSpec {
  readonly namespace: string;
  readonly account: string;
  /** Whether its pods talk to the API server and so get a token of it. @default false */
  readonly apiToken?: boolean;
}

/** By workload, as the foundations name their identities; namespace and account are what the cloud's side trusts. */
export const SERVICE_ACCOUNTS: Readonly<Record<string, ServiceAccountSpec>> = {
  serving: { namespace: ML_PLATFORM, account: "serving" },
  training: { namespace: ML_PLATFORM, account: "training" },
  drift: { namespace: ML_PLATFORM, account: "drift" },
  mlflow: { namespace: MLFLOW, account: "mlflow" },
  vault: { namespace: VAULT, account: "vault", apiToken: true },
};
