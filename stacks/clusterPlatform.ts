import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "../components/contract";
import { KubernetesPlatform } from "../components/kubernetes/platform";
import type { CloudEnvironment } from "./cloudPlatform";
import type { CLOUDS, Config } from "./config";
import { given } from "./given";

/**
 * Puts on a cloud's cluster what the configuration's `kubernetes` section says, or nothing without one. Everything
 * stands on node pools and identities, so the provider waits for the whole foundation, and goes before it.
 */
export function clusterPlatform(
  config: Config,
  environment: CloudEnvironment,
  cloud: (typeof CLOUDS)[number],
  foundation: Foundation,
): KubernetesPlatform | undefined {
  const section = config[cloud];
  if (!config.kubernetes || !section) return undefined;
  const { image, ...settings } = given(config.kubernetes);
  const { cluster, registry, network } = foundation;
  const provider = new Provider(
    `${cloud}-cluster`,
    { kubeconfig: cluster.kubeconfig, enableServerSideApply: true },
    { dependsOn: [foundation] },
  );
  return new KubernetesPlatform(
    `${cloud}-platform`,
    {
      target: {
        stack: config.stack,
        environment,
        cloud,
        region: section.region,
        clusterName: cluster.clusterName,
        networkCidr: network.cidr,
        nodePools: cluster.nodePools,
      },
      foundation,
      image: { ...image, repository: image.repository ?? pulumi.interpolate`${registry.url}/tideline` },
      settings,
    },
    { providers: [provider] },
  );
}
