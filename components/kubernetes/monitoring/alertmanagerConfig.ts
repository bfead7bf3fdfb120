import type { Duration, Severity } from "./rule";

/** Who hears of alerts. Addresses and keys are secret: they are files of the Secret that Alertmanager mounts. */
export interface AlertReceivers {
  /** Every alert, to this channel; the incoming webhook's address is the Secret's key `slack-url`. */
  readonly slack?: { readonly channel: string };
  /** Critical alerts; the integration's routing key is the Secret's key `pagerduty-key`. */
  readonly pagerDuty?: boolean;
}

/** Keys of the Secret, by what they are for. */
export const RECEIVER_KEYS = { slack: "slack-url", pagerDuty: "pagerduty-key" } as const;

interface SlackConfig {
  readonly api_url_file: string;
  readonly channel: string;
  readonly send_resolved: boolean;
  readonly title: string;
  readonly text: string;
}

interface PagerDutyConfig {
  readonly routing_key_file: string;
  readonly severity: Severity;
  readonly description: string;
  readonly details: Readonly<Record<string, string>>;
}

interface Receiver {
  readonly name: string;
  readonly slack_configs?: readonly SlackConfig[];
  readonly pagerduty_configs?: readonly PagerDutyConfig[];
}

interface Route {
  readonly receiver: string;
  readonly matchers?: readonly string[];
  readonly group_by?: readonly string[];
  readonly group_wait?: Duration;
  readonly group_interval?: Duration;
  readonly repeat_interval?: Duration;
  readonly continue?: boolean;
  readonly routes?: readonly Route[];
}

/** Alertmanager's configuration, as far as Tideline uses it. Source: prometheus.io, "Alerting: Configuration". */
export interface AlertmanagerConfig {
  readonly global: { readonly resolve_timeout: Duration };
  readonly route: Route;
  readonly receivers: readonly Receiver[];
  readonly inhibit_rules: readonly {
    readonly source_matchers: readonly string[];
    readonly target_matchers: readonly string[];
    readonly equal: readonly string[];
  }[];
}

/** Where an alert goes that nobody is to hear of. */
const NOBODY = "nobody";

/**
 * Routes by severity: critical alerts page at once and again every hour, others are told every twelve hours.
 * `secretFolder` is where the receivers' Secret is mounted.
 */
export function alertmanagerConfig(receivers: AlertReceivers, secretFolder: string): AlertmanagerConfig {
  const { slack, pagerDuty = false } = receivers;
  const usual = slack ? "slack" : NOBODY;
  const pages: Route[] = pagerDuty
    ? [{ receiver: "pagerduty", matchers: ['severity="critical"'], repeat_interval: "1h", continue: true }]
    : [];
  return {
    global: { resolve_timeout: "5m" },
    route: {
      receiver: usual,
      group_by: ["alertname", "namespace", "model", "reference"],
      group_wait: "30s",
      group_interval: "5m",
      repeat_interval: "12h",
      routes: [
        // The stack's own proof of life and its help for inhibitions are alerts that always or often fire.
        { receiver: NOBODY, matchers: ['alertname=~"Watchdog|InfoInhibitor"'] },
        ...pages,
        { receiver: usual, matchers: ['severity="critical"'], group_wait: "10s", repeat_interval: "1h" },
      ],
    },
    receivers: [
      { name: NOBODY },
      ...(slack ? [slackReceiver(slack.channel, `${secretFolder}/${RECEIVER_KEYS.slack}`)] : []),
      ...(pagerDuty ? [pagerDutyReceiver(`${secretFolder}/${RECEIVER_KEYS.pagerDuty}`)] : []),
    ],
    inhibit_rules: [
      // Who was woken for a model need not be told the lesser signs of the same trouble.
      {
        source_matchers: ['severity="critical"'],
        target_matchers: ['severity="warning"'],
        equal: ["alertname", "namespace", "model"],
      },
      {
        source_matchers: ['alertname="DataDriftDetected"'],
        target_matchers: ['alertname="FeatureDriftDetected"'],
        equal: ["reference"],
      },
    ],
  };
}

function slackReceiver(channel: string, file: string): Receiver {
  return {
    name: "slack",
    slack_configs: [
      {
        api_url_file: file,
        channel,
        send_resolved: true,
        title:
          "{{ .Status | toUpper }} {{ .CommonLabels.severity }}: {{ .CommonLabels.alertname }} ({{ len .Alerts }})",
        text: "{{ range .Alerts }}*{{ .Annotations.summary }}*\n{{ .Annotations.description }}\n<{{ .Annotations.runbook_url }}|What to do>\n{{ end }}",
      },
    ],
  };
}

function pagerDutyReceiver(file: string): Receiver {
  return {
    name: "pagerduty",
    pagerduty_configs: [
      {
        routing_key_file: file,
        severity: "critical",
        description: "{{ .CommonLabels.alertname }}: {{ (index .Alerts 0).Annotations.summary }}",
        details: {
          description: "{{ (index .Alerts 0).Annotations.description }}",
          runbook: "{{ (index .Alerts 0).Annotations.runbook_url }}",
          firing: "{{ len .Alerts.Firing }}",
        },
      },
    ],
  };
}
