import * as batch from "@pulumi/kubernetes/batch/v1";
import * as core from "@pulumi/kubernetes/core/v1";
import type * as inputs from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import { problemIf, refuseProblems } from "../../arguments";
import type { Identity } from "../../contract";
import { IMAGES } from "../images";
import { standardLabels } from "../labels";
import { VAULT } from "../namespaces";
import { rcloneTarget } from "../objectStoreAccess";
import { RESTRICTED_CONTAINER, restrictedPod } from "../podSecurity";
import type { ClusterTarget } from "../target";
import { TLS_FOLDER } from "./serverConfig";
import { SNAPSHOT_ACCOUNT } from "./snapshotAccount";

export interface VaultBackupArgs {
  readonly target: ClusterTarget;
  /** Object store that snapshots go to, below vault-snapshots/. */
  readonly storeUrl: pulumi.Input<string>;
  /** Address of Vault inside the cluster. */
  readonly address: string;
  /** Identity that may write there; its service account is made here. @default what the node may */
  readonly identity?: Pick<Identity, "serviceAccountAnnotations">;
  /** Cron expression, UTC. @default each day at 01:30 */
  readonly schedule?: string;
}

const NAME = SNAPSHOT_ACCOUNT.account;
/** Neither image has a user of its own that is not root. */
const USER = 65_532;

/**
 * Writes a snapshot of Vault's data to the object store each day; it is encrypted by Vault's own keys, and so opens
 * only with the cloud's key or the recovery keys. Old ones go by the bucket's lifecycle.
 */
export class VaultBackup extends pulumi.ComponentResource {
  constructor(name: string, args: VaultBackupArgs, opts?: pulumi.ComponentResourceOptions) {
    const { target, storeUrl, address, identity, schedule = "30 1 * * *" } = args;
    refuseProblems(
      "VaultBackup",
      name,
      problemIf(
        schedule.trim().split(/\s+/).length !== 5,
        "schedule",
        `is "${schedule}"; give the five fields of a cron expression, such as 30 1 * * *.`,
      ),
    );
    super("tideline:kubernetes:VaultBackup", name, {}, opts);
    const azure = target.cloud === "azure" ? { "azure.workload.identity/use": "true" } : {};
    const template = pulumi.output(storeUrl).apply((url) => podSpec(address, url));
    const options = { parent: this, ...(opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}) };
    const account = new core.ServiceAccount(
      `${name}-account`,
      {
        metadata: {
          name: NAME,
          namespace: VAULT,
          labels: standardLabels(NAME),
          annotations: identity?.serviceAccountAnnotations ?? {},
        },
        automountServiceAccountToken: false,
      },
      options,
    );
    new batch.CronJob(
      `${name}-snapshots`,
      {
        metadata: { name: NAME, namespace: VAULT, labels: standardLabels(NAME) },
        spec: {
          schedule,
          timeZone: "Etc/UTC",
          concurrencyPolicy: "Forbid",
          startingDeadlineSeconds: 3600,
          successfulJobsHistoryLimit: 1,
          failedJobsHistoryLimit: 3,
          jobTemplate: {
            spec: {
              backoffLimit: 3,
              activeDeadlineSeconds: 3600,
              ttlSecondsAfterFinished: 86_400,
              template: { metadata: { labels: standardLabels(NAME, azure) }, spec: template },
            },
          },
        },
      },
      { parent: this, dependsOn: account },
    );
    this.registerOutputs({ schedule });
  }
}

function podSpec(address: string, storeUrl: string): inputs.core.v1.PodSpec {
  const { bucket, environment } = rcloneTarget(storeUrl);
  return {
    serviceAccountName: NAME,
    automountServiceAccountToken: false,
    restartPolicy: "Never",
    securityContext: restrictedPod(USER),
    initContainers: [
      {
        name: "snapshot",
        image: IMAGES.vault,
        command: ["/bin/sh", "-ec", SNAPSHOT_SCRIPT],
        env: environmentOf({ VAULT_ADDR: address, VAULT_CACERT: `${TLS_FOLDER}/ca.crt`, HOME: "/snapshots" }),
        volumeMounts: [
          { name: "snapshots", mountPath: "/snapshots" },
          { name: "vault-tls", mountPath: TLS_FOLDER, readOnly: true },
          { name: "token", mountPath: "/var/run/vault", readOnly: true },
        ],
        ...LIMITS,
      },
    ],
    containers: [
      {
        name: "upload",
        image: IMAGES.rclone,
        args: ["copy", "/snapshots", `store:${bucket}/vault-snapshots`, "--include", "*.snap", "--checksum"],
        env: environmentOf({ ...environment, HOME: "/tmp" }),
        volumeMounts: [
          { name: "snapshots", mountPath: "/snapshots", readOnly: true },
          { name: "tmp", mountPath: "/tmp" },
        ],
        ...LIMITS,
      },
    ],
    volumes: [
      { name: "snapshots", emptyDir: { sizeLimit: "2Gi" } },
      { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
      // The authority's certificate only; the server's key stays with the server.
      { name: "vault-tls", secret: { secretName: "vault-tls", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      {
        name: "token",
        projected: {
          sources: [{ serviceAccountToken: { path: "token", audience: "vault", expirationSeconds: 600 } }],
        },
      },
    ],
  };
}

const SNAPSHOT_SCRIPT = `
VAULT_TOKEN=$(vault write -field=token auth/kubernetes/login role=${NAME} jwt=@/var/run/vault/token)
export VAULT_TOKEN
vault operator raft snapshot save "/snapshots/vault-$(date -u +%Y%m%dT%H%M%SZ).snap"
`.trim();

const LIMITS = {
  securityContext: RESTRICTED_CONTAINER,
  resources: {
    requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "1Gi" },
    limits: { memory: "512Mi", "ephemeral-storage": "2Gi" },
  },
};

function environmentOf(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}
