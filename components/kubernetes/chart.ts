import { Release } from "@pulumi/kubernetes/helm/v3/release";
import * as pulumi from "@pulumi/pulumi";
import { problemIf, refuseProblems } from "../arguments";
import type { ChartSource } from "./charts";

export interface PinnedChartArgs<Values extends object> {
  /** An entry of `CHARTS`. */
  readonly chart: ChartSource;
  /** Where the release goes; it must be there before, with its Pod Security level and network policies. */
  readonly namespace: pulumi.Input<string>;
  /** The values that we set, typed by the caller; all others are the chart's. */
  readonly values: pulumi.Input<Values>;
  /** Name of the release, at most 53 characters. @default the chart's own */
  readonly releaseName?: string;
  /** Seconds until objects that are not ready count as a failure, after which all is rolled back. @default 600 */
  readonly timeoutSeconds?: number;
  /** Whether the chart's own folder of CRDs is left out because Tideline applies them. @default false */
  readonly skipCrds?: boolean;
}

/**
 * A third party's chart, at the version that `CHARTS` pins. It is installed wholly or not at all: what is not ready in
 * time is rolled back, or removed when it was the first installation. Nothing that depends on it starts before it is ready.
 */
export class PinnedChart<Values extends object = Record<string, never>> extends pulumi.ComponentResource {
  /** Name of the release, which most charts derive their objects' names from. */
  readonly releaseName: string;
  readonly namespace: pulumi.Output<string>;
  /** Settled once everything in the release is ready. */
  readonly release: Release;

  constructor(name: string, args: PinnedChartArgs<Values>, opts?: pulumi.ComponentResourceOptions) {
    const { chart, timeoutSeconds = 600, skipCrds = false } = args;
    const releaseName = args.releaseName ?? chart.release ?? chart.chart;
    refuseProblems("PinnedChart", name, problems(chart, releaseName, timeoutSeconds));
    super("tideline:kubernetes:PinnedChart", name, {}, opts);
    this.releaseName = releaseName;
    this.namespace = pulumi.output(args.namespace);
    this.release = new Release(
      name,
      {
        name: releaseName,
        ...(isOci(chart)
          ? { chart: `${chart.repo}/${chart.chart}` }
          : { chart: chart.chart, repositoryOpts: { repo: chart.repo } }),
        version: chart.version,
        namespace: args.namespace,
        createNamespace: false,
        values: pulumi.output(args.values) as pulumi.Output<Record<string, unknown>>,
        skipCrds,
        atomic: true,
        cleanupOnFail: true,
        skipAwait: false,
        waitForJobs: true,
        timeout: timeoutSeconds,
        maxHistory: 5,
      },
      // Of the component's own dependencies a child's state says nothing, and so destroy would not honour them.
      { parent: this, ...(opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}) },
    );
    this.registerOutputs({ namespace: this.namespace, releaseName });
  }
}

const isOci = ({ repo }: ChartSource) => repo.startsWith("oci://");

/** Helm keeps 10 of a label's 63 characters for what it appends. */
const RELEASE_NAME = /^[a-z0-9](?:[a-z0-9-]{0,51}[a-z0-9])?$/;
const EXACT_VERSION = /^v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/;

function problems({ version }: ChartSource, releaseName: string, timeoutSeconds: number) {
  return [
    ...problemIf(
      !EXACT_VERSION.test(version),
      "chart.version",
      `is "${version}", which does not name exactly one version; give it as in 1.2.3.`,
    ),
    ...problemIf(
      !RELEASE_NAME.test(releaseName),
      "releaseName",
      `is "${releaseName}"; Helm allows 1 to 53 small letters, digits and inner hyphens.`,
    ),
    ...problemIf(
      !Number.isInteger(timeoutSeconds) || timeoutSeconds < 60 || timeoutSeconds > 3600,
      "timeoutSeconds",
      `is ${timeoutSeconds}; give a whole number of seconds from 60 to 3600.`,
    ),
  ];
}
