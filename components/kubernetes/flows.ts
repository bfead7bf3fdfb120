import { all, app, type Flow, type IdentityServer, type Peer, tcp } from "./flow";
import { GATEWAY, GPU, LOGGING, ML_PLATFORM, MLFLOW, MONITORING, NAMESPACES, VAULT } from "./namespaces";
import { PART_FLOWS } from "./partFlows";

export type { Flow, FlowPort, IdentityServer, Peer } from "./flow";

const [SERVING, DRIFT, TRAINING] = ["serving", "drift", "training"].map((name) => app(ML_PLATFORM, name)) as [
  Peer,
  Peer,
  Peer,
];
const MLFLOW_SERVER = app(MLFLOW, "mlflow");
const PROMETHEUS = app(MONITORING, "prometheus");
const NETWORK: Peer = { kind: "network" };
const ANYWHERE: Peer = { kind: "anywhere" };
const IDENTITY_SERVER: IdentityServer = { kind: "identityServer" };

/** What the bundled services and what stands beside them need; the other parts add theirs below. */
const SERVICE_FLOWS: readonly Flow[] = [
  {
    name: "gateway-to-serving",
    from: all(GATEWAY),
    to: SERVING,
    ports: tcp(8080, 8090),
    why: "predictions over HTTP and gRPC",
  },
  { name: "serving-to-drift", from: SERVING, to: DRIFT, ports: tcp(8081), why: "samples of predicted rows" },
  { name: "serving-to-objects", from: SERVING, to: ANYWHERE, ports: tcp(443), why: "models, and tokens to read them" },
  {
    name: "training-to-objects",
    from: TRAINING,
    to: ANYWHERE,
    ports: tcp(443),
    why: "data in, model packages out, and tokens for both",
  },
  {
    name: "training-to-mlflow",
    from: TRAINING,
    to: MLFLOW_SERVER,
    ports: tcp(5000),
    why: "runs and registered models",
  },
  { name: "drift-to-database", from: DRIFT, to: NETWORK, ports: tcp(5432), why: "references, monitors and reports" },
  {
    name: "drift-to-alertmanager",
    from: DRIFT,
    to: app(MONITORING, "alertmanager"),
    ports: tcp(9093),
    why: "alerts of monitors",
  },
  { name: "mlflow-to-database", from: MLFLOW_SERVER, to: NETWORK, ports: tcp(5432), why: "runs and models" },
  { name: "mlflow-to-objects", from: MLFLOW_SERVER, to: ANYWHERE, ports: tcp(443), why: "artifacts" },
  { name: "gateway-to-mlflow", from: all(GATEWAY), to: MLFLOW_SERVER, ports: tcp(5000), why: "its pages and API" },
  {
    name: "clients-to-gateway",
    from: ANYWHERE,
    to: all(GATEWAY),
    ports: tcp(80, 443, 15_021),
    why: "requests and health checks from the load balancer, whose addresses may be the clients'",
  },
  {
    name: "api-server-to-mesh",
    from: NETWORK,
    to: all("istio-system"),
    ports: tcp(15_017),
    why: "calls of the mesh's webhooks",
  },
  {
    name: "gateway-to-acme",
    from: all(GATEWAY),
    to: all(GATEWAY),
    ports: tcp(8089),
    why: "proofs of host names, answered by cert-manager's pods",
  },
  { name: "cert-manager-to-web", from: all("cert-manager"), to: ANYWHERE, ports: tcp(80), why: "trying a proof first" },
  { name: "prometheus-to-gateway", from: PROMETHEUS, to: all(GATEWAY), ports: tcp(15_020), why: "scrapes" },
  {
    name: "prometheus-to-serving",
    from: PROMETHEUS,
    to: SERVING,
    ports: tcp(8080),
    why: "scrapes",
  },
  { name: "prometheus-to-drift", from: PROMETHEUS, to: DRIFT, ports: tcp(8081), why: "scrapes" },
  {
    name: "vault-to-apis",
    from: all(VAULT),
    to: ANYWHERE,
    ports: tcp(443, 6443),
    why: "unsealing by the cloud's key, snapshots, and reviews of tokens by the API server",
  },
  {
    name: "api-server-to-vault",
    from: NETWORK,
    to: all(VAULT),
    ports: tcp(8080),
    why: "calls of the injector's webhook",
  },
  {
    name: "ml-platform-to-vault",
    from: all(ML_PLATFORM),
    to: app(VAULT, "vault"),
    ports: tcp(8200),
    why: "secrets of pods that ask the injector for them",
  },
  {
    name: "gateway-to-mesh",
    from: all(GATEWAY),
    to: all("istio-system"),
    ports: tcp(15_012),
    why: "its configuration and certificates",
  },
  { name: "prometheus-to-mlflow", from: PROMETHEUS, to: MLFLOW_SERVER, ports: tcp(5000), why: "scrapes" },
];

const BLACKBOX = app(MONITORING, "prometheus-blackbox-exporter");
const LOKI = app(LOGGING, "loki");

/** What monitoring needs beside its scrapes of services. */
const MONITORING_FLOWS: readonly Flow[] = [
  { name: "prometheus-to-nodes", from: PROMETHEUS, to: NETWORK, ports: tcp(9100, 10_250), why: "scrapes of nodes" },
  { name: "prometheus-to-gpus", from: PROMETHEUS, to: all(GPU), ports: tcp(9400), why: "scrapes of GPUs" },
  { name: "blackbox-to-serving", from: BLACKBOX, to: SERVING, ports: tcp(8080), why: "probes from inside" },
  { name: "blackbox-to-drift", from: BLACKBOX, to: DRIFT, ports: tcp(8081), why: "probes from inside" },
  { name: "blackbox-to-addresses", from: BLACKBOX, to: ANYWHERE, ports: tcp(80), why: "probes from outside" },
  { name: "monitoring-to-logs", from: all(MONITORING), to: LOKI, ports: tcp(3100), why: "queries, logs and scrapes" },
  {
    name: "services-to-collector",
    from: all(ML_PLATFORM),
    to: app(MONITORING, "opentelemetry-collector"),
    ports: tcp(4317, 4318),
    why: "traces",
  },
  ...[MONITORING, LOGGING].map(
    (namespace): Flow => ({
      name: `${namespace}-to-apis`,
      from: all(namespace),
      to: ANYWHERE,
      ports: tcp(443, 6443),
      why: "what runs on the cluster, the object store, and those who are told of alerts",
    }),
  ),
  {
    name: "api-server-to-monitoring",
    from: NETWORK,
    to: all(MONITORING),
    ports: tcp(6443, 10_250),
    why: "calls of the metrics adapter and of the operator's webhook",
  },
];

/** Pods that act under an identity of the cloud. */
const IDENTIFIED: Readonly<Record<string, Peer>> = {
  serving: SERVING,
  training: TRAINING,
  mlflow: MLFLOW_SERVER,
  vault: all(VAULT),
  logging: all(LOGGING),
  monitoring: all(MONITORING),
  velero: all("velero"),
  "external-secrets": all("external-secrets"),
  cnpg: all("cnpg"),
};

const IDENTITY_FLOWS = Object.entries(IDENTIFIED).map(
  ([name, from]): Flow => ({
    name: `${name}-to-identity`,
    from,
    to: IDENTITY_SERVER,
    ports: [],
    why: "tokens of its cloud identity",
  }),
);

/** Namespaces whose parts talk among themselves and to the API server. */
const SELF_CONTAINED = [MONITORING, LOGGING, VAULT, "redis"];

/** What operators need: their own parts, the API server and registries, and calls of their webhooks. */
function operatorFlows(namespace: string): readonly Flow[] {
  return [
    insideFlow(namespace),
    {
      name: `${namespace}-to-apis`,
      from: all(namespace),
      to: ANYWHERE,
      ports: tcp(443, 6443),
      why: "the API server, the cloud's APIs and registries",
    },
    {
      name: `api-server-to-${namespace}`,
      from: NETWORK,
      to: all(namespace),
      ports: tcp(443, 8443, 9443, 10_250, 10_260),
      why: "calls of admission and conversion webhooks",
    },
  ];
}

function insideFlow(namespace: string): Flow {
  return {
    name: `inside-${namespace}`,
    from: all(namespace),
    to: all(namespace),
    ports: tcp(ANY_PORT),
    why: "its own parts talk to each other",
  };
}

/** Stands for every port of every protocol. */
export const ANY_PORT = 0;

/** Flows of the namespaces whose parts talk among themselves. */
const INSIDE_FLOWS = SELF_CONTAINED.map(insideFlow);

/** Every flow that is allowed between namespaces, by what it is for. Flows of a new part go to PART_FLOWS. */
export const FLOWS: readonly Flow[] = [
  ...SERVICE_FLOWS,
  ...MONITORING_FLOWS,
  ...PART_FLOWS,
  ...IDENTITY_FLOWS,
  ...INSIDE_FLOWS,
  ...Object.entries(NAMESPACES).flatMap(([name, { kind }]) => (kind === "operator" ? operatorFlows(name) : [])),
];
