import { all, app, type Flow, type Peer, tcp } from "./flow";
import { GATEWAY, ML_PLATFORM, MLFLOW, MONITORING, VAULT } from "./namespaces";

const SERVING = app(ML_PLATFORM, "serving");
const DRIFT = app(ML_PLATFORM, "drift");
const MLFLOW_SERVER = app(MLFLOW, "mlflow");
const PROMETHEUS = app(MONITORING, "prometheus");
const TRIGGER: Peer = { kind: "pods", namespace: ML_PLATFORM, labels: { eventlistener: "retrain" } };
const ANYWHERE: Peer = { kind: "anywhere" };
const NETWORK: Peer = { kind: "network" };

/** What data, delivery, resilience and security add to the flows of the services. */
export const PART_FLOWS: readonly Flow[] = [
  { name: "drift-to-kafka", from: DRIFT, to: all("kafka"), ports: tcp(9092), why: "streams of predictions" },
  { name: "services-to-redis", from: all(ML_PLATFORM), to: all("redis"), ports: tcp(6379), why: "cached values" },
  { name: "prometheus-to-redis", from: PROMETHEUS, to: all("redis"), ports: tcp(9121), why: "scrapes" },
  { name: "drift-to-postgres", from: DRIFT, to: all("cnpg"), ports: tcp(5432), why: "its tables, in the cluster" },
  { name: "mlflow-to-postgres", from: MLFLOW_SERVER, to: all("cnpg"), ports: tcp(5432), why: "runs and models" },
  { name: "vault-to-postgres", from: all(VAULT), to: all("cnpg"), ports: tcp(5432), why: "users that live an hour" },
  { name: "vault-to-database", from: all(VAULT), to: NETWORK, ports: tcp(5432), why: "users that live an hour" },
  {
    name: "mlflow-to-vault",
    from: MLFLOW_SERVER,
    to: app(VAULT, "vault"),
    ports: tcp(8200),
    why: "secrets that it asks the injector for",
  },
  { name: "prometheus-to-vault", from: PROMETHEUS, to: app(VAULT, "vault"), ports: tcp(8200), why: "scrapes" },
  {
    name: "rollouts-to-prometheus",
    from: all("argo-rollouts"),
    to: PROMETHEUS,
    ports: tcp(9090),
    why: "how a canary does",
  },
  { name: "chaos-to-serving", from: all("chaos-mesh"), to: SERVING, ports: tcp(8080), why: "health between faults" },
  { name: "chaos-to-drift", from: all("chaos-mesh"), to: DRIFT, ports: tcp(8081), why: "health between faults" },
  { name: "drift-to-trigger", from: DRIFT, to: TRIGGER, ports: tcp(8080), why: "events that ask for retraining" },
  {
    name: "trigger-to-interceptors",
    from: TRIGGER,
    to: all("tekton-pipelines"),
    ports: tcp(8443),
    why: "looking into an event",
  },
  { name: "trigger-to-api", from: TRIGGER, to: ANYWHERE, ports: tcp(443, 6443), why: "starting a run" },
  { name: "gateway-to-sign-in", from: all(GATEWAY), to: all("oauth2-proxy"), ports: tcp(4180), why: "people" },
  {
    name: "sign-in-to-dashboards",
    from: all("oauth2-proxy"),
    to: app(MONITORING, "grafana"),
    ports: tcp(3000),
    why: "dashboards for people who signed in",
  },
  { name: "sign-in-to-mlflow", from: all("oauth2-proxy"), to: MLFLOW_SERVER, ports: tcp(5000), why: "MLflow's pages" },
  { name: "gateway-to-argocd", from: all(GATEWAY), to: all("argocd"), ports: tcp(8080), why: "Argo CD's pages" },
  {
    name: "falco-to-alertmanager",
    from: all("falco"),
    to: app(MONITORING, "alertmanager"),
    ports: tcp(9093),
    why: "findings",
  },
];
