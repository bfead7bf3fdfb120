import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { refuseProblems, within } from "../../arguments";
import { PinnedChart } from "../chart";
import { CHARTS } from "../charts";
import { customResource } from "../customResource";
import { CloudSecrets } from "../externalSecret";
import { standardLabels } from "../labels";
import { LOGGING, MONITORING } from "../namespaces";
import type { ClusterTarget } from "../target";
import { alertmanagerConfig, RECEIVER_KEYS } from "./alertmanagerConfig";
import { toGrafana } from "./dashboards/grafana";
import { modelRules } from "./modelRules";
import { type MonitoringPlan, planMonitoring } from "./monitoringPlan";
import { type PrometheusRuleGroup, toPrometheusGroups } from "./rule";
import { scrapeJobs } from "./scrapeJobs";
import { type MonitoringSettings, settingsProblems } from "./settings";
import { parseTelemetryStore, type TelemetryStore } from "./telemetryStore";
import { ADDRESSES } from "./values/addresses";
import { gatewayCollectorValues, type LogCollectorValues, logCollectorValues } from "./values/collectors";
import { adapterValues, blackboxValues } from "./values/exporters";
import { lokiValues } from "./values/loki";
import { type ChartAccount, identityLabels } from "./values/pod";
import { prometheusStackValues } from "./values/prometheusStack";
import { tempoValues } from "./values/tempo";

/** Service accounts that may have a cloud identity: to keep logs and traces, and to read the receivers' secrets. */
export type MonitoringAccount = "loki" | "tempo" | "alertmanager";

export interface MonitoringArgs {
  readonly target: ClusterTarget;
  /** @default every part, in the size of the environment */
  readonly settings?: MonitoringSettings;
  /** Object store of logs and traces, as the foundation gives it. @default on volumes, which end with the cluster */
  readonly telemetryUrl?: pulumi.Input<string>;
  /** Annotations that bind a service account to its cloud identity. @default none */
  readonly accountAnnotations?: Partial<Record<MonitoringAccount, pulumi.Input<Record<string, string>>>>;
}

/** Prometheus's rules as an object. Source: prometheus-operator, PrometheusRule v1. */
interface PrometheusRuleObject {
  readonly apiVersion: "monitoring.coreos.com/v1";
  readonly kind: "PrometheusRule";
  readonly spec: { readonly groups: readonly PrometheusRuleGroup[] };
}

const RECEIVERS_SECRET = "alert-receivers";
const GRAFANA_SECRET = "grafana-admin";
const DASHBOARD_LABEL = "grafana_dashboard";

/**
 * Watches a cluster and its models: Prometheus with rules, alerts and dashboards, Alertmanager, Grafana, Loki, Tempo,
 * collectors, exporters, and the metrics that autoscalers follow. Its namespaces must be there.
 */
export class Monitoring extends pulumi.ComponentResource {
  /** Settled once Prometheus's operator is there; whatever has a ServiceMonitor comes after it. */
  readonly operator: PinnedChart<object>;
  /** Base addresses inside the cluster. */
  readonly prometheusUrl = ADDRESSES.prometheus;
  readonly alertmanagerUrl = ADDRESSES.alertmanager;
  /** OTLP over HTTP; undefined without traces. */
  readonly tracesUrl: string | undefined;

  constructor(name: string, args: MonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    const { settings = {} } = args;
    refuseProblems("Monitoring", name, within("settings", settingsProblems(settings)));
    super("tideline:kubernetes:Monitoring", name, {}, opts);
    const plan = planMonitoring(args.target, settings);
    this.tracesUrl = plan.traces ? ADDRESSES.collector : undefined;
    const secrets = this.createSecrets(name, args);
    this.operator = this.createStack(name, args, plan, secrets);
    this.createRules(name, plan);
    this.createDashboards(name, plan);
    this.createExporters(name, plan);
    if (plan.logs) this.createLogs(name, args, plan);
    if (plan.traces) this.createTraces(name, args, plan);
    this.registerOutputs({ prometheusUrl: this.prometheusUrl, alertmanagerUrl: this.alertmanagerUrl });
  }

  private createSecrets(name: string, { target, settings = {} }: MonitoringArgs): pulumi.Resource[] {
    const password = new RandomPassword(`${name}-grafana`, { length: 32, special: false }, { parent: this });
    const admin = new Secret(
      `${name}-grafana-admin`,
      {
        metadata: metadata(GRAFANA_SECRET, "grafana"),
        stringData: { "admin-user": "admin", "admin-password": password.result },
      },
      { parent: this },
    );
    const secrets = {
      ...(settings.slack ? { [RECEIVER_KEYS.slack]: settings.slack.webhookUrl } : {}),
      ...(settings.pagerDuty ? { [RECEIVER_KEYS.pagerDuty]: settings.pagerDuty.routingKey } : {}),
    };
    if (Object.keys(secrets).length === 0) return [admin];
    const where = { namespace: MONITORING, secretName: RECEIVERS_SECRET, account: "alertmanager" };
    return [admin, new CloudSecrets(`${name}-receivers`, { target, ...where, secrets }, { parent: this })];
  }

  private createStack(
    name: string,
    { settings = {}, accountAnnotations = {} }: MonitoringArgs,
    plan: MonitoringPlan,
    secrets: pulumi.Resource[],
  ): PinnedChart<object> {
    const { slack, pagerDuty, probedUrls = [] } = settings;
    const told = slack !== undefined || pagerDuty !== undefined;
    const receivers = { ...(slack ? { slack } : {}), pagerDuty: pagerDuty !== undefined };
    const values = account("alertmanager", accountAnnotations.alertmanager).apply((alertmanagerAccount) =>
      prometheusStackValues({
        ...plan,
        resources: plan.prometheus,
        scrapeJobs: scrapeJobs(probedUrls),
        alertmanager: alertmanagerConfig(receivers, `/etc/alertmanager/secrets/${RECEIVERS_SECRET}`),
        alertmanagerAccount,
        ...(told ? { receiversSecret: RECEIVERS_SECRET } : {}),
        grafanaSecret: GRAFANA_SECRET,
        dashboardLabel: DASHBOARD_LABEL,
      }),
    );
    const chart = { chart: CHARTS.kubePrometheusStack, namespace: MONITORING, values, releaseName: "monitoring" };
    return new PinnedChart(`${name}-stack`, chart, { parent: this, dependsOn: secrets });
  }

  private createRules(name: string, { thresholds, runbookUrl }: MonitoringPlan): void {
    customResource<PrometheusRuleObject>(
      `${name}-rules`,
      {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PrometheusRule",
        metadata: metadata("tideline-models", "prometheus"),
        spec: { groups: toPrometheusGroups(modelRules(thresholds), runbookUrl) },
      },
      { parent: this, dependsOn: this.operator },
    );
  }

  private createDashboards(name: string, { dashboards }: MonitoringPlan): void {
    for (const dashboard of dashboards) {
      new ConfigMap(
        `${name}-${dashboard.uid}`,
        {
          metadata: metadata(dashboard.uid, "grafana", { [DASHBOARD_LABEL]: "1" }),
          data: { [`${dashboard.uid}.json`]: `${JSON.stringify(toGrafana(dashboard), null, 2)}\n` },
        },
        { parent: this },
      );
    }
  }

  private createExporters(name: string, { replicas }: MonitoringPlan): void {
    const { protocol, hostname, port } = new URL(ADDRESSES.prometheus);
    const after = { parent: this, dependsOn: this.operator };
    const blackbox = { chart: CHARTS.blackboxExporter, namespace: MONITORING, values: blackboxValues(replicas) };
    new PinnedChart(`${name}-blackbox`, blackbox, after);
    const values = adapterValues(replicas, { host: `${protocol}//${hostname}`, port: Number(port) });
    new PinnedChart(`${name}-adapter`, { chart: CHARTS.prometheusAdapter, namespace: MONITORING, values }, after);
  }

  private createLogs(name: string, args: MonitoringArgs, plan: MonitoringPlan): void {
    const { target, accountAnnotations = {} } = args;
    const values = pulumi.all([storeOf(args), account("loki", accountAnnotations.loki)]).apply(([store, lokiAccount]) =>
      lokiValues({
        store,
        // Pods with volumes of their own would each know a part of the logs.
        replicas: store.kind === "disk" ? 1 : Math.min(3, plan.replicas + 1),
        retentionDays: plan.logRetentionDays,
        storageGi: store.kind === "disk" ? plan.storageGi : 10,
        resources: plan.store,
        account: lokiAccount,
        podLabels: identityLabels(target.cloud),
      }),
    );
    const loki = new PinnedChart(
      `${name}-loki`,
      { chart: CHARTS.loki, namespace: LOGGING, values },
      { parent: this, dependsOn: this.operator },
    );
    const collector = {
      chart: CHARTS.openTelemetryCollector,
      namespace: LOGGING,
      releaseName: "log-collector",
      values: logCollectorValues(),
    };
    new PinnedChart<LogCollectorValues>(`${name}-log-collector`, collector, { parent: this, dependsOn: loki });
  }

  private createTraces(name: string, args: MonitoringArgs, plan: MonitoringPlan): void {
    const { target, accountAnnotations = {} } = args;
    const { replicas, logs } = plan;
    const values = pulumi
      .all([storeOf(args), account("tempo", accountAnnotations.tempo)])
      .apply(([store, tempoAccount]) =>
        tempoValues({
          store,
          retentionDays: plan.traceRetentionDays,
          storageGi: store.kind === "disk" ? plan.storageGi : 10,
          resources: plan.store,
          account: tempoAccount,
          podLabels: identityLabels(target.cloud),
        }),
      );
    const after = { parent: this, dependsOn: this.operator };
    const tempo = new PinnedChart(`${name}-tempo`, { chart: CHARTS.tempo, namespace: MONITORING, values }, after);
    const collector = {
      chart: CHARTS.openTelemetryCollector,
      namespace: MONITORING,
      values: gatewayCollectorValues({ replicas, logs, resources: plan.collector }),
    };
    new PinnedChart(`${name}-collector`, collector, { parent: this, dependsOn: tempo });
  }
}

function metadata(name: string, app: string, labels: Readonly<Record<string, string>> = {}) {
  return { name, namespace: MONITORING, labels: standardLabels(app, labels) };
}

function account(name: MonitoringAccount, annotations: pulumi.Input<Record<string, string>> = {}) {
  return pulumi.output(annotations).apply((bound): ChartAccount => ({ create: true, name, annotations: bound }));
}

function storeOf({ target, telemetryUrl }: MonitoringArgs): pulumi.Output<TelemetryStore> {
  if (telemetryUrl === undefined) return pulumi.output<TelemetryStore>({ kind: "disk" });
  return pulumi.all([telemetryUrl, target.region]).apply(([url, region]) => parseTelemetryStore(url, region));
}
