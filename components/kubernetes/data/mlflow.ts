import * as apps from "@pulumi/kubernetes/apps/v1";
import * as core from "@pulumi/kubernetes/core/v1";
import * as policy from "@pulumi/kubernetes/policy/v1";
import type * as inputs from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import { problemIf, refuseProblems } from "../../arguments";
import type { Database } from "../../contract";
import { databasePassword } from "../databaseUrl";
import { CloudSecrets } from "../externalSecret";
import { IMAGES } from "../images";
import { standardLabels } from "../labels";
import { MLFLOW } from "../namespaces";
import { topologySpread } from "../podPlacement";
import { RESTRICTED_CONTAINER, restrictedPod } from "../podSecurity";
import type { ClusterTarget } from "../target";

export interface MlflowArgs {
  readonly target: ClusterTarget;
  /** Where runs and registered models are kept, in a schema of their own. */
  readonly database: Pick<Database, "host" | "port" | "databaseName" | "username" | "passwordSecret">;
  /** Where artifacts are kept, below mlflow/: the foundation's `objects.artifactsUrl`. */
  readonly artifactsUrl: pulumi.Input<string>;
  /** @default 3 in prod, else 2 */
  readonly replicas?: number;
  /** Host names under which clients outside reach it; others are refused, as they may be a browser's that was misled. @default none */
  readonly hostnames?: readonly string[];
  /** @default the published image with drivers of Postgres and the clouds */
  readonly image?: string;
}

const NAME = "mlflow";
const PORT = 5000;
const SECRET = "mlflow-database";
const USER = 1000;
/** A schema of its own: the services' tables have names that MLflow uses too. */
const SCHEMA = "mlflow";

/** MLflow's tracking server and model registry: runs in Postgres, artifacts in the object store, which it hands through. */
export class Mlflow extends pulumi.ComponentResource {
  /** Address inside the cluster. */
  readonly url: string;

  constructor(name: string, args: MlflowArgs, opts?: pulumi.ComponentResourceOptions) {
    const { target, database, replicas = target.environment === "prod" ? 3 : 2 } = args;
    refuseProblems(
      "Mlflow",
      name,
      problemIf(
        !Number.isInteger(replicas) || replicas < 1 || replicas > 20,
        "replicas",
        `is ${replicas}; give a whole number from 1 to 20.`,
      ),
    );
    super("tideline:kubernetes:Mlflow", name, {}, opts);
    this.url = `http://${NAME}.${MLFLOW}.svc.cluster.local:${PORT}`;
    const part = { parent: this, ...(opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}) };
    const secrets = new CloudSecrets(
      `${name}-database`,
      {
        target,
        namespace: MLFLOW,
        secretName: SECRET,
        account: NAME,
        secrets: { password: databasePassword(target, database) },
      },
      part,
    );
    const labels = standardLabels(NAME);
    const metadata = { name: NAME, namespace: MLFLOW, labels };
    const matchLabels = { "app.kubernetes.io/name": NAME };
    new apps.Deployment(
      `${name}-server`,
      {
        metadata,
        spec: {
          replicas,
          selector: { matchLabels },
          strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
          minReadySeconds: 10,
          revisionHistoryLimit: 5,
          template: { metadata: { labels: { ...labels, ...identityLabels(target) } }, spec: podSpec(args) },
        },
      },
      { parent: this, dependsOn: secrets },
    );
    new core.Service(
      `${name}-service`,
      {
        metadata,
        spec: { selector: matchLabels, ports: [{ name: "http", port: PORT, targetPort: "http", protocol: "TCP" }] },
      },
      part,
    );
    new policy.PodDisruptionBudget(
      `${name}-budget`,
      {
        metadata,
        spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: { matchLabels } },
      },
      part,
    );
    this.registerOutputs({ url: this.url });
  }
}

function identityLabels({ cloud }: ClusterTarget): Record<string, string> {
  return cloud === "azure" ? { "azure.workload.identity/use": "true" } : {};
}

function podSpec(args: MlflowArgs): inputs.core.v1.PodSpec {
  const { target, artifactsUrl, hostnames = [], image = IMAGES.mlflow } = args;
  const container = {
    image,
    env: environment(args),
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
  };
  const artifacts = pulumi.output(artifactsUrl).apply(mlflowArtifacts);
  const allowed = [NAME, `${NAME}.${MLFLOW}`, `${NAME}.${MLFLOW}.svc`, `${NAME}.${MLFLOW}.svc.cluster.local`];
  const hosts = [...allowed.flatMap((host) => [host, `${host}:${PORT}`]), ...hostnames].join(",");
  return {
    serviceAccountName: NAME,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    priorityClassName: "tideline-platform",
    terminationGracePeriodSeconds: 45,
    securityContext: restrictedPod(USER),
    topologySpreadConstraints: topologySpread(target, { "app.kubernetes.io/name": NAME }),
    initContainers: [
      {
        ...container,
        name: "schema",
        command: ["python", "-c", CREATE_SCHEMA],
        resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } },
      },
    ],
    containers: [
      {
        ...container,
        name: NAME,
        command: ["mlflow", "server"],
        args: [
          "--host=0.0.0.0",
          `--port=${PORT}`,
          "--workers=2",
          "--serve-artifacts",
          pulumi.interpolate`--artifacts-destination=${artifacts}`,
          `--allowed-hosts=${hosts}`,
        ],
        ports: [{ name: "http", containerPort: PORT, protocol: "TCP" }],
        resources: {
          requests: { cpu: "250m", memory: "1Gi", "ephemeral-storage": "1Gi" },
          limits: { memory: "2Gi", "ephemeral-storage": "8Gi" },
        },
        // Of replicas that start together on an empty database one makes the tables; the others start once more.
        startupProbe: { ...PROBE, periodSeconds: 5, failureThreshold: 60 },
        readinessProbe: { ...PROBE, periodSeconds: 10, failureThreshold: 3 },
        livenessProbe: { ...PROBE, periodSeconds: 20, failureThreshold: 3 },
        lifecycle: { preStop: { exec: { command: ["sleep", "10"] } } },
      },
    ],
    volumes: [{ name: "tmp", emptyDir: { sizeLimit: "8Gi" } }],
  };
}

const PROBE = { httpGet: { path: "/health", port: "http" }, timeoutSeconds: 5 };

const CREATE_SCHEMA = `
import psycopg2
with psycopg2.connect(sslmode="require") as connection, connection.cursor() as cursor:
    cursor.execute("CREATE SCHEMA IF NOT EXISTS ${SCHEMA}")
`.trim();

/** Where the database is, for libpq, whose own variables keep the password out of addresses and arguments. */
function environment({ database }: MlflowArgs): inputs.core.v1.EnvVar[] {
  const { host, port, databaseName, username } = database;
  const plain = (name: string, value: pulumi.Input<string>) => ({ name, value });
  return [
    plain("PGHOST", host),
    plain("PGPORT", pulumi.output(port).apply(String)),
    plain("PGDATABASE", databaseName),
    plain("PGUSER", username),
    { name: "PGPASSWORD", valueFrom: { secretKeyRef: { name: SECRET, key: "password" } } },
    plain("MLFLOW_BACKEND_STORE_URI", `postgresql+psycopg2://?sslmode=require&options=-csearch_path%3D${SCHEMA}`),
    plain("HOME", "/tmp"),
  ];
}

/**
 * An object store's URL as MLflow writes it.
 * @throws {Error} when it is none of a cloud's.
 */
export function mlflowArtifacts(url: string): string {
  const [, scheme, bucket, query = ""] = /^(s3|gs|azblob):\/\/([^/?]+)\/?(?:\?(.*))?$/.exec(url) ?? [];
  const account = new URLSearchParams(query).get("account");
  if (scheme === "azblob" && account) return `wasbs://${bucket}@${account}.blob.core.windows.net/mlflow`;
  if (scheme === "s3" || scheme === "gs") return `${scheme}://${bucket}/mlflow`;
  throw new Error(
    `MLflow cannot keep artifacts at ${JSON.stringify(url)}; give s3://BUCKET, gs://BUCKET or azblob://CONTAINER?account=ACCOUNT.`,
  );
}
