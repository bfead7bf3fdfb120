import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "../components/contract";
import type { CLOUDS } from "./config";

type Cloud = (typeof CLOUDS)[number];

/** Every output of a cloud: where it comes from in the foundation. Names follow the cloud's, such as awsKubeconfig. */
const SOURCES = {
  NetworkId: ({ network }: Foundation) => network.networkId,
  NatAddresses: ({ network }: Foundation) => network.natAddresses,
  ClusterName: ({ cluster }: Foundation) => cluster.clusterName,
  ClusterEndpoint: ({ cluster }: Foundation) => cluster.endpoint,
  OidcIssuerUrl: ({ cluster }: Foundation) => cluster.oidcIssuerUrl,
  Kubeconfig: ({ cluster }: Foundation) => pulumi.secret(cluster.kubeconfig),
  DatabaseHost: ({ database }: Foundation) => database.host,
  DatabasePort: ({ database }: Foundation) => database.port,
  DatabaseName: ({ database }: Foundation) => database.databaseName,
  DatabaseUser: ({ database }: Foundation) => database.username,
  DatabaseSecret: ({ database }: Foundation) => database.passwordSecret,
  ModelsUrl: ({ objects }: Foundation) => objects.modelsUrl,
  ArtifactsUrl: ({ objects }: Foundation) => objects.artifactsUrl,
  DataUrl: ({ objects }: Foundation) => objects.dataUrl,
  CacheHost: ({ cache }: Foundation) => cache.host,
  CachePort: ({ cache }: Foundation) => cache.port,
  CacheSecret: ({ cache }: Foundation) => cache.passwordSecret,
  RegistryUrl: ({ registry }: Foundation) => registry.url,
  KeyId: ({ secrets }: Foundation) => secrets.keyId,
  AlarmChannel: ({ alarms }: Foundation) => alarms.channel,
} as const;

/**
 * One cloud's outputs, flat, because one secret inside an object would make the whole object secret; of the same shape
 * for every cloud. Workload identities follow as `awsServingPrincipal`.
 */
export function cloudOutputs(cloud: Cloud, foundation: Foundation): Record<string, pulumi.Output<unknown>> {
  const sources = Object.entries(SOURCES).map(([name, from]) => [`${cloud}${name}`, from(foundation)] as const);
  const principals = Object.entries(foundation.identities).map(
    ([workload, { principal }]) => [principalOutput(cloud, workload), principal] as const,
  );
  return Object.fromEntries<pulumi.Output<unknown>>([...sources, ...principals]);
}

/** Names of the outputs that every cloud has. */
export function cloudOutputNames(cloud: Cloud): string[] {
  return Object.keys(SOURCES).map((name) => `${cloud}${name}`);
}

function principalOutput(cloud: Cloud, workload: string): string {
  const words = workload.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${cloud}${words.join("")}Principal`;
}
