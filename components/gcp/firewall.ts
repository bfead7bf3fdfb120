import * as compute from "@pulumi/gcp/compute";
import type * as pulumi from "@pulumi/pulumi";
import type { NetworkRanges } from "./networkRanges";

/** What the firewall's rules are about. */
interface FirewallArgs {
  readonly network: pulumi.Input<string>;
  readonly project: pulumi.Input<string>;
  readonly ranges: NetworkRanges;
  /** Tag of the machines that the rules let in to. */
  readonly nodeTag: string;
  /** Physical name of a part. */
  readonly named: (part: string) => string;
}

/** Google's health checkers and load balancers, as it publishes them. */
const HEALTH_CHECKERS = ["35.191.0.0/16", "130.211.0.0/22"];

/** Ports where admission webhooks listen besides those that GKE opens to its control plane itself. */
const WEBHOOK_PORTS = ["8443", "9443", "10250", "15017"];

/**
 * A network of Google Cloud refuses what comes in unless a rule allows it; these allow nodes and pods among themselves,
 * the control plane's webhooks, and health checks. The last one logs what is refused.
 */
export function createFirewall(parent: pulumi.Resource, name: string, args: FirewallArgs): void {
  const { network, project, ranges, nodeTag, named } = args;
  const allow = (part: string, sourceRanges: string[], allows: { protocol: string; ports?: string[] }[]) =>
    new compute.Firewall(
      `${name}-allow-${part}`,
      {
        name: named(`allow-${part}`),
        project,
        network,
        direction: "INGRESS",
        priority: 1000,
        sourceRanges,
        targetTags: [nodeTag],
        allows,
      },
      { parent },
    );
  allow("internal", [ranges.nodes, ranges.pods], [{ protocol: "tcp" }, { protocol: "udp" }, { protocol: "icmp" }]);
  allow("webhooks", [ranges.controlPlane], [{ protocol: "tcp", ports: WEBHOOK_PORTS }]);
  allow("health-checks", HEALTH_CHECKERS, [{ protocol: "tcp" }]);
  allow("proxies", [ranges.proxies], [{ protocol: "tcp" }]);
  new compute.Firewall(
    `${name}-deny-rest`,
    {
      name: named("deny-rest"),
      project,
      network,
      direction: "INGRESS",
      priority: 65_534,
      sourceRanges: ["0.0.0.0/0"],
      denies: [{ protocol: "all" }],
      logConfig: { metadata: "INCLUDE_ALL_METADATA" },
    },
    { parent },
  );
}
