import { z } from "zod";

/** Every part can be switched off where it stands. */
export const switched = { enabled: z.boolean().default(true).describe("Whether the part is there") };

const text = z.string().min(1);
const texts = z.array(text);
const count = z.int().min(1).max(100_000);
const storageClass = text.optional().describe("Storage class of volumes; unset means the cluster's own");

const monitoring = z.strictObject({
  ...switched,
  size: z.enum(["small", "medium", "large"]).optional().describe("How much it may take"),
  retentionDays: count.optional().describe("Days that metrics are kept"),
  storageGi: count.optional().describe("Volume of each Prometheus, GiB"),
  replicas: z.int().min(1).max(5).optional().describe("Of Prometheus, Alertmanager and what stands beside them"),
  logs: z.boolean().optional().describe("Loki and its collectors"),
  traces: z.boolean().optional().describe("Tempo"),
  logRetentionDays: count.optional().describe("Days that logs are kept"),
  traceRetentionDays: count.optional().describe("Days that traces are kept"),
  runbookUrl: z.url().optional().describe("Address of the alerts' runbook"),
  probedUrls: z.array(z.url()).optional().describe("Addresses that must answer from outside"),
});

const vault = z.strictObject({
  ...switched,
  replicas: z
    .union([z.literal(3), z.literal(5)])
    .optional()
    .describe("Members"),
  dataGb: count.optional().describe("Volume of each member, GiB"),
  auditGb: count.optional().describe("Volume of each audit log, GiB"),
  storageClass,
});

const gateway = z.strictObject({
  ...switched,
  public: z.boolean().optional().describe("Whether the load balancer has an address of the internet"),
  className: text.optional().describe("Class of a controller that the cluster has already; unset installs Istio"),
});

const mlflow = z.strictObject({
  ...switched,
  replicas: z.int().min(1).max(20).optional(),
  hostnames: z.array(z.hostname()).optional().describe("Host names of its pages"),
  image: text.optional().describe("Its image; unset takes the pinned one"),
});

const redis = z.strictObject({
  ...switched,
  replicas: z.int().min(1).max(9).optional(),
  memoryMb: count.optional().describe("Memory for data, MiB"),
  storageClass,
});

const kafka = z.strictObject({
  ...switched,
  nodes: z.union([z.literal(3), z.literal(5)]).optional(),
  diskGb: count.optional().describe("Volume of each node, GiB"),
  storageClass,
});

const postgres = z.strictObject({
  ...switched,
  instances: z.int().min(1).max(9).optional(),
  diskGb: count.optional().describe("Volume of each instance, GiB"),
  backupDays: count.optional().describe("Days that backups are kept"),
  storageClass,
});

const argoCd = z.strictObject({
  ...switched,
  repository: z.url().describe("Git repository with what is deployed"),
  path: text.describe("Folder of the root application"),
  revision: text.optional().describe("Branch or tag"),
  moreRepositories: z.array(z.url()).optional(),
  namespaces: texts.optional().describe("Namespaces that it may deploy to"),
  groups: z.strictObject({ deployers: texts.optional(), admins: texts.optional() }).optional(),
});

const chaos = z.strictObject({
  ...switched,
  apps: z
    .record(text, z.strictObject({ healthUrl: z.url() }))
    .describe("What is disturbed, and where its health is asked"),
  schedule: text.optional().describe("Cron expression in UTC"),
  faultMinutes: count.optional().describe("Minutes that each fault lasts"),
});

const backups = z.strictObject({
  ...switched,
  schedule: text.optional().describe("Cron expression in UTC"),
  keepDays: count.optional().describe("Days that backups are kept"),
});

const runtimeSecurity = z.strictObject({
  ...switched,
  falco: z.boolean().optional(),
  trivy: z.boolean().optional(),
  benchmark: z.boolean().optional().describe("kube-bench"),
});

const signIn = z.strictObject({
  ...switched,
  issuerUrl: z.url().describe("OpenID Connect issuer"),
  credentialsSecret: text.describe("Name of the secret with the client's credentials"),
  mailDomains: texts,
  groups: texts.optional(),
  upstreams: z.record(text, z.url()),
  hostname: z.hostname(),
});

/** Sections of parts that need more than on and off, each unset by default. */
export const partSections = {
  gateway: gateway.optional().describe("The way in for the models' host names"),
  monitoring: monitoring.optional().describe("Prometheus, Grafana, Loki, Tempo and what belongs to them"),
  vault: vault.optional().describe("Vault; there unless it is switched off"),
  mlflow: mlflow.optional().describe("MLflow; there when named"),
  redis: redis.optional().describe("A cache inside the cluster; there when named"),
  kafka: kafka.optional().describe("Kafka; there when named"),
  postgres: postgres.optional().describe("A database inside the cluster; there when named"),
  argoCd: argoCd.optional().describe("Argo CD; there when named"),
  argoRollouts: z.strictObject(switched).optional().describe("Canaries; there when named"),
  backups: backups.optional().describe("Velero; there when named"),
  chaos: chaos.optional().describe("Chaos Mesh; there when named"),
  runtimeSecurity: runtimeSecurity.optional().describe("Falco, Trivy and kube-bench; there when named"),
  signIn: signIn.optional().describe("oauth2-proxy before pages; there when named"),
};
