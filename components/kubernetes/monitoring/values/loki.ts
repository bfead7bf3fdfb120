import { dump } from "js-yaml";
import { RESTRICTED_CONTAINER, restrictedPod } from "../../podSecurity";
import { type LokiConfigArgs, lokiConfig, storeName } from "../lokiConfig";
import type { ChartAccount, Resources } from "./pod";

export interface LokiValuesArgs extends LokiConfigArgs {
  readonly storageGi: number;
  readonly resources: Resources;
  readonly account: ChartAccount;
  readonly podLabels: Readonly<Record<string, string>>;
}

/** The values of Loki's chart that Tideline sets. */
export type LokiValues = ReturnType<typeof lokiValues>;

/** One program in some pods, with the very configuration that the tests give to Loki. */
export function lokiValues(args: LokiValuesArgs) {
  const config = lokiConfig(args);
  const none = { replicas: 0 };
  return {
    deploymentMode: "SingleBinary",
    loki: {
      // Replaces the chart's own text.
      config: dump(config),
      // Not used with a configuration of one's own, but the chart asks for both.
      schemaConfig: config.schema_config,
      storage: { type: storeName(args.store) },
      podSecurityContext: restrictedPod(10_001),
      containerSecurityContext: RESTRICTED_CONTAINER,
      podLabels: args.podLabels,
    },
    serviceAccount: args.account,
    singleBinary: {
      replicas: args.replicas,
      resources: args.resources,
      persistence: { enabled: true, size: `${args.storageGi}Gi` },
    },
    read: none,
    write: none,
    backend: none,
    // Clients reach Loki's own service; nothing needs a proxy, a canary or caches of their own at this size.
    gateway: { enabled: false },
    lokiCanary: { enabled: false },
    test: { enabled: false },
    chunksCache: { enabled: false },
    resultsCache: { enabled: false },
    monitoring: { serviceMonitor: { enabled: true } },
  };
}
