import { load } from "js-yaml";
import { Monitoring, type MonitoringArgs } from "../../../../components/kubernetes/monitoring/monitoring";
import { describeWithKubernetes, type KubeApi, recordedObjects } from "../../../support/kubeApi";
import { clusterTarget } from "../../../support/kubernetesCluster";
import { type Recorded, type Recording, record } from "../../../support/pulumiMocks";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const echo = () => ({});
const types = {
  [RELEASE]: echo,
  "kubernetes:core/v1:ConfigMap": echo,
  "kubernetes:core/v1:Secret": echo,
  "kubernetes:monitoring.coreos.com/v1:PrometheusRule": echo,
  "kubernetes:external-secrets.io/v1:SecretStore": echo,
  "kubernetes:external-secrets.io/v1:ExternalSecret": echo,
  "random:index/randomPassword:RandomPassword": () => ({ result: "a-password" }),
};

// biome-ignore lint/suspicious/noExplicitAny: the values' types are the source's; a test reads what it expects
const valuesOf = (recording: Recording<unknown>, name: string): any => recording.one(RELEASE, name).inputs.values;

function monitoring(changes: Partial<MonitoringArgs> = {}, preview = false): Promise<Recording<Monitoring>> {
  return record(() => new Monitoring("watch", { target: clusterTarget(), ...changes }), { types, preview });
}

const dev = clusterTarget({ environment: "dev", stack: "dev" });
const releases = (recording: Recording<unknown>) =>
  recording.ofType(RELEASE).map(({ inputs }) => `${inputs.namespace}/${inputs.name}`);

describe("what is put on the cluster", () => {
  let prod: Recording<Monitoring>;
  beforeAll(async () => {
    prod = await monitoring();
  });

  test("pinned releases, one for each part", () => {
    expect(releases(prod).sort()).toEqual([
      "logging/log-collector",
      "logging/loki",
      "monitoring/monitoring",
      "monitoring/opentelemetry-collector",
      "monitoring/prometheus-adapter",
      "monitoring/prometheus-blackbox-exporter",
      "monitoring/tempo",
    ]);
    for (const { inputs } of prod.ofType(RELEASE))
      expect(inputs).toMatchObject({ atomic: true, createNamespace: false });
  });

  test("Prometheus keeps 30 days on 50 GiB, twice in prod, and takes everybody's rules and monitors", () => {
    expect(valuesOf(prod, "watch-stack").prometheus.prometheusSpec).toMatchObject({
      replicas: 2,
      retention: "30d",
      retentionSize: "42GiB",
      podAntiAffinity: "hard",
      storageSpec: { volumeClaimTemplate: { spec: { resources: { requests: { storage: "50Gi" } } } } },
      ruleSelectorNilUsesHelmValues: false,
      serviceMonitorSelectorNilUsesHelmValues: false,
      additionalScrapeConfigs: [{ job_name: "probe-services" }, { job_name: "gateway" }],
    });
  });

  test("rules come after the operator that knows their kind", () => {
    const rules = prod.one("kubernetes:monitoring.coreos.com/v1:PrometheusRule");
    expect(rules.dependencies).toContain(prod.one(RELEASE, "watch-stack").urn);
    const { groups } = rules.inputs.spec as { groups: { name: string }[] };
    expect(groups.map(({ name }) => name)).toEqual([
      "tideline-predictions",
      "tideline-drift",
      "tideline-resources",
      "tideline-error-budget-availability",
      "tideline-error-budget-latency",
    ]);
  });

  test("each dashboard is a ConfigMap that Grafana's sidecar finds", () => {
    const maps = prod.ofType("kubernetes:core/v1:ConfigMap").map(({ inputs }) => inputs) as {
      metadata: { name: string; labels: Record<string, string> };
      data: Record<string, string>;
    }[];
    expect(maps).toHaveLength(8);
    for (const { metadata, data } of maps) {
      expect(metadata.labels.grafana_dashboard).toBe("1");
      expect(JSON.parse(data[`${metadata.name}.json`] ?? "")).toMatchObject({ uid: metadata.name });
    }
    const { sidecar } = valuesOf(prod, "watch-stack").grafana;
    expect(sidecar.dashboards).toMatchObject({ label: "grafana_dashboard", labelValue: "1" });
  });

  test("Grafana's password is random, secret and not among the values", () => {
    const secret = prod.one("kubernetes:core/v1:Secret");
    expect(secret.secretInputs).toContain("stringData");
    expect(valuesOf(prod, "watch-stack").grafana.admin.existingSecret).toBe("grafana-admin");
    expect(JSON.stringify(valuesOf(prod, "watch-stack"))).not.toContain("a-password");
  });

  test("what watches nodes runs on every node, whatever its taints", () => {
    const everywhere = [{ operator: "Exists" }];
    expect(valuesOf(prod, "watch-stack")["prometheus-node-exporter"].tolerations).toEqual(everywhere);
    expect(valuesOf(prod, "watch-log-collector")).toMatchObject({ mode: "daemonset", tolerations: everywhere });
  });

  test("autoscalers' metrics are asked of this Prometheus", () => {
    expect(valuesOf(prod, "watch-adapter").prometheus).toEqual({
      url: "http://monitoring-prometheus.monitoring.svc",
      port: 9090,
    });
  });
});

describe("settings", () => {
  test("one of each outside prod", async () => {
    const recording = await monitoring({ target: dev });
    const { prometheus, alertmanager } = valuesOf(recording, "watch-stack");
    expect([prometheus.prometheusSpec.replicas, alertmanager.alertmanagerSpec.replicas]).toEqual([1, 1]);
  });

  test("logs and traces can be left out", async () => {
    const recording = await monitoring({ settings: { logs: false, traces: false } });
    expect(releases(recording)).toHaveLength(3);
    expect(valuesOf(recording, "watch-stack").grafana.additionalDataSources).toEqual([]);
    expect(recording.result.tracesUrl).toBeUndefined();
  });

  test("receivers' addresses come from the cloud's secret store, as files", async () => {
    const arn = "arn:aws:secretsmanager:us-east-1:1:secret:alerts";
    const recording = await monitoring({
      settings: {
        slack: { channel: "#ml", webhookUrl: { id: arn } },
        pagerDuty: { routingKey: { id: arn, property: "key" } },
      },
    });
    const { data } = recording.one("kubernetes:external-secrets.io/v1:ExternalSecret").inputs.spec as { data: unknown };
    expect(data).toEqual([
      { secretKey: "slack-url", remoteRef: { key: arn } },
      { secretKey: "pagerduty-key", remoteRef: { key: arn, property: "key" } },
    ]);
    const { alertmanager } = valuesOf(recording, "watch-stack");
    expect(alertmanager.alertmanagerSpec.secrets).toEqual(["alert-receivers"]);
    expect(alertmanager.config.receivers).toHaveLength(3);
  });

  test.each([
    ["aws", "s3://data", { s3: { bucketnames: "data", region: "us-east-1" } }, "s3"],
    ["gcp", "gs://data", { gcs: { bucket_name: "data" } }, "gcs"],
    ["azure", "azblob://data?account=acme", { azure: { account_name: "acme" } }, "azure"],
  ] as const)("%s keeps logs and traces in its object store", async (cloud, telemetryUrl, storage, backend) => {
    const annotations = { "example.com/identity": "telemetry" };
    const recording = await monitoring({
      target: clusterTarget({ cloud }),
      telemetryUrl,
      accountAnnotations: { loki: annotations, tempo: annotations },
    });
    const loki = valuesOf(recording, "watch-loki");
    expect(load(loki.loki.config)).toMatchObject({ common: { storage, replication_factor: 3 } });
    expect([loki.serviceAccount, loki.singleBinary.replicas]).toEqual([{ create: true, name: "loki", annotations }, 3]);
    const tempo = valuesOf(recording, "watch-tempo");
    expect(tempo.tempo.storage.trace.backend).toBe(backend);
    expect(tempo.podLabels).toEqual(cloud === "azure" ? { "azure.workload.identity/use": "true" } : {});
  });

  test("without an object store there is one Loki with a volume", async () => {
    const { singleBinary } = valuesOf(await monitoring(), "watch-loki");
    expect(singleBinary).toMatchObject({ replicas: 1, persistence: { enabled: true, size: "50Gi" } });
  });

  test("all that is wrong is told together", () => {
    const settings = {
      retentionDays: 0,
      storageGi: 5,
      replicas: 6,
      thresholds: { driftScore: 70 },
      probedUrls: ["api.example.com"],
      slack: { channel: "ml", webhookUrl: { id: "a" } },
    };
    expect(() => new Monitoring("watch", { target: dev, settings })).toThrow(
      `Monitoring "watch" cannot be planned:
  settings.retentionDays is 0; give a whole number of days from 1.
  settings.storageGi is 5; a Prometheus needs at least 10 GiB.
  settings.replicas is 6; give a whole number from 1 to 5.
  settings.thresholds.driftScore is 70; give a share above 0 and below 1.
  settings.probedUrls.0 is "api.example.com"; give an http: or https: address.
  settings.slack.channel is "ml"; a channel begins with #, a person with @.`,
    );
  });
});

test("a plan names the same resources as an up", async () => {
  const names = ({ resources }: Recording<unknown>) => resources.map(({ urn }: Recorded) => urn).sort();
  expect(names(await monitoring({}, true))).toEqual(names(await monitoring()));
});

describeWithKubernetes("monitoring on a real API server", (startControlPlane) => {
  let api: KubeApi;
  beforeAll(async () => {
    api = await startControlPlane();
    await api.define("kube-prometheus-stack", "external-secrets");
  }, 120_000);
  afterAll(() => api?.close());

  test("takes every object of ours, rules and dashboards among them", async () => {
    const id = "arn:aws:secretsmanager:us-east-1:1:secret:alerts";
    const settings = { slack: { channel: "#ml", webhookUrl: { id } }, pagerDuty: { routingKey: { id } } };
    const objects = recordedObjects((await monitoring({ settings })).resources).filter(
      ({ kind }) => kind !== "Release",
    );
    await api.apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: "monitoring" } }, ...objects]);
    const kinds = objects.map(({ kind }) => kind).sort();
    expect([...new Set(kinds)]).toEqual(["ConfigMap", "ExternalSecret", "PrometheusRule", "Secret", "SecretStore"]);
  }, 120_000);

  test("refuses a rule whose duration is none", async () => {
    const rule = { alert: "Wrong", expr: "up == 0", for: "soon" };
    const refusal = await api.refusal({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: { name: "wrong", namespace: "monitoring" },
      spec: { groups: [{ name: "wrong", rules: [rule] }] },
    });
    expect(refusal).toContain("spec.groups[0].rules[0].for");
  });
});
