import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "../components/contract";
import { cloudOutputs } from "./cloudOutputs";
import { CLOUDS, type Config } from "./config";
import type { PlatformOutputs } from "./platform";

/** The kinds of environment that clouds serve. */
export type CloudEnvironment = Exclude<Config["environment"], "local">;

/** Builds one cloud's foundation from the configuration, or undefined when that does not name the cloud. */
export type FoundationBuilder = (config: Config, environment: CloudEnvironment) => Foundation | undefined;

/** Loaded when they are named: the SDKs are large. */
const BUILDERS: Readonly<Record<(typeof CLOUDS)[number], () => FoundationBuilder>> = {
  aws: () => (require("./awsFoundation") as typeof import("./awsFoundation")).awsFoundation,
  gcp: () => (require("./gcpFoundation") as typeof import("./gcpFoundation")).gcpFoundation,
  azure: () => (require("./azureFoundation") as typeof import("./azureFoundation")).azureFoundation,
};

/** Composes the foundations of all clouds that the configuration names. */
export function cloudPlatform(config: Config, environment: CloudEnvironment): PlatformOutputs {
  const outputs = CLOUDS.filter((cloud) => config[cloud] !== undefined).map((cloud) => {
    const foundation = BUILDERS[cloud]()(config, environment);
    return foundation ? cloudOutputs(cloud, foundation) : {};
  });
  return Object.assign({ environment: pulumi.output(environment) }, ...outputs);
}
