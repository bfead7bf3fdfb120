import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "../components/contract";
import { cloudOutputs } from "./cloudOutputs";
import { CLOUDS, type Config } from "./config";
import { createLinks } from "./links";
import type { PlatformOutputs } from "./platform";

/** The kinds of environment that clouds serve. */
export type CloudEnvironment = Exclude<Config["environment"], "local">;

/** Builds one cloud's foundation from the configuration, or undefined when that does not name the cloud. */
export type FoundationBuilder = (config: Config, environment: CloudEnvironment) => Foundation | undefined;

/** Loaded when they are named: the SDKs are large. */
const BUILDERS = {
  aws: () => (require("./awsFoundation") as typeof import("./awsFoundation")).awsFoundation,
  gcp: () => (require("./gcpFoundation") as typeof import("./gcpFoundation")).gcpFoundation,
  azure: () => (require("./azureFoundation") as typeof import("./azureFoundation")).azureFoundation,
} as const satisfies Readonly<Record<(typeof CLOUDS)[number], () => FoundationBuilder>>;

/** Composes the foundations of all clouds that the configuration names, and the links between them. */
export function cloudPlatform(config: Config, environment: CloudEnvironment): PlatformOutputs {
  const foundations = {
    aws: config.aws && BUILDERS.aws()(config, environment),
    gcp: config.gcp && BUILDERS.gcp()(config, environment),
    azure: config.azure && BUILDERS.azure()(config, environment),
  };
  createLinks(config, environment, foundations);
  for (const cloud of CLOUDS) {
    const foundation = foundations[cloud];
    if (foundation && config.kubernetes) onCluster(config, environment, cloud, foundation);
  }
  const outputs = CLOUDS.map((cloud) => {
    const foundation = foundations[cloud];
    return foundation ? cloudOutputs(cloud, foundation) : {};
  });
  return Object.assign({ environment: pulumi.output(environment) }, ...outputs);
}

/** Loaded when it is wanted, as the clouds' own parts are. */
function onCluster(...args: Parameters<typeof import("./clusterPlatform").clusterPlatform>): void {
  const { clusterPlatform } = require("./clusterPlatform") as typeof import("./clusterPlatform");
  clusterPlatform(...args);
}
