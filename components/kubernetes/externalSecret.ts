import * as pulumi from "@pulumi/pulumi";
import { customResource } from "./customResource";
import { standardLabels } from "./labels";
import type { ClusterTarget } from "./target";
import type { CloudSecret } from "./workloadEnvironment";

/** Objects of External Secrets. Source: external-secrets.io, API v1. */
interface SecretStore {
  readonly apiVersion: "external-secrets.io/v1";
  readonly kind: "SecretStore";
  readonly spec: { readonly provider: Readonly<Record<string, unknown>> };
}

interface ExternalSecretObject {
  readonly apiVersion: "external-secrets.io/v1";
  readonly kind: "ExternalSecret";
  readonly spec: {
    readonly refreshInterval: string;
    readonly secretStoreRef: { readonly kind: "SecretStore"; readonly name: string };
    readonly target: { readonly name: string; readonly creationPolicy: "Owner" };
    readonly data: readonly {
      readonly secretKey: string;
      readonly remoteRef: { readonly key: pulumi.Input<string>; readonly property?: string };
    }[];
  };
}

export interface CloudSecretsArgs {
  readonly target: ClusterTarget;
  readonly namespace: string;
  /** Name of the Secret that is made. */
  readonly secretName: string;
  /** Service account whose cloud identity reads the secrets. */
  readonly account: string;
  /** By key of the Secret; at least one, all in one project or vault. */
  readonly secrets: Readonly<Record<string, CloudSecret>>;
}

/** A workload's secrets by name, or nothing to wait for where it has none. */
export function cloudSecretsOf(
  name: string,
  args: CloudSecretsArgs,
  opts: pulumi.ComponentResourceOptions,
): CloudSecrets[] {
  return Object.keys(args.secrets).length === 0 ? [] : [new CloudSecrets(name, args, opts)];
}

/** A Secret that External Secrets keeps equal to the cloud's, read under the workload's own identity. */
export class CloudSecrets extends pulumi.ComponentResource {
  constructor(name: string, args: CloudSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:kubernetes:CloudSecrets", name, {}, opts);
    const { target, namespace, secretName, account, secrets } = args;
    const [first] = Object.values(secrets);
    if (!first) throw new pulumi.RunError(`CloudSecrets ${name} has no secret; leave the component out.`);
    const metadata = { name: secretName, namespace, labels: standardLabels(secretName) };
    const provider = pulumi
      .all([first.id, target.region, target.clusterName])
      .apply(([id, region, clusterName]) => storeProvider(target.cloud, { id, region, clusterName, account }));
    const store = customResource<SecretStore>(
      `${name}-store`,
      {
        apiVersion: "external-secrets.io/v1",
        kind: "SecretStore",
        metadata,
        spec: provider.apply((of) => ({ provider: of })),
      },
      { parent: this },
    );
    customResource<ExternalSecretObject>(
      `${name}-secret`,
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata,
        spec: {
          // Rotated passwords arrive within the hour.
          refreshInterval: "1h",
          secretStoreRef: { kind: "SecretStore", name: secretName },
          target: { name: secretName, creationPolicy: "Owner" },
          data: Object.entries(secrets).map(([secretKey, { id, property }]) => ({
            secretKey,
            remoteRef: {
              key: pulumi.output(id).apply((known) => remoteKey(target.cloud, known)),
              ...(property === undefined ? {} : { property }),
            },
          })),
        },
      },
      { parent: this, dependsOn: store },
    );
    this.registerOutputs();
  }
}

interface StorePlace {
  readonly id: string;
  readonly region: string;
  readonly clusterName: string;
  readonly account: string;
}

/** How External Secrets reaches the cloud's store as the service account. Source: its providers' pages. */
export function storeProvider(cloud: ClusterTarget["cloud"], place: StorePlace): Readonly<Record<string, unknown>> {
  const { id, region, clusterName, account } = place;
  const serviceAccountRef = { name: account };
  if (cloud === "aws") return { aws: { service: "SecretsManager", region, auth: { jwt: { serviceAccountRef } } } };
  if (cloud === "gcp") {
    const workloadIdentity = { clusterLocation: region, clusterName, serviceAccountRef };
    return { gcpsm: { projectID: part(id, /^projects\/([^/]+)\/secrets\//), auth: { workloadIdentity } } };
  }
  const vault = part(id, /\/vaults\/([^/]+)\/secrets\//);
  return { azurekv: { authType: "WorkloadIdentity", vaultUrl: `https://${vault}.vault.azure.net`, serviceAccountRef } };
}

/** What a secret of the cloud is called in its store. */
export function remoteKey(cloud: ClusterTarget["cloud"], id: string): string {
  return cloud === "aws" ? id : part(id, /\/secrets\/([^/]+)/);
}

function part(id: string, pattern: RegExp): string {
  const found = pattern.exec(id)?.[1];
  if (found !== undefined) return found;
  throw new Error(
    `The secret ${JSON.stringify(id)} is none that can be read; give projects/PROJECT/secrets/NAME (Google Cloud) or the resource id of a Key Vault's secret (Azure).`,
  );
}
