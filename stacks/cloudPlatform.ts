import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "../components/contract";
import { cloudOutputs } from "./cloudOutputs";
import { CLOUDS, type Config } from "./config";
import type { PlatformOutputs } from "./platform";

/** The kinds of environment that clouds serve. */
export type CloudEnvironment = Exclude<Config["environment"], "local">;

/** Builds one cloud's foundation from the configuration, or undefined when that does not name the cloud. */
export type FoundationBuilder = (config: Config, environment: CloudEnvironment) => Foundation | undefined;

/** The clouds that this version builds, loaded when they are named. */
const BUILDERS: Readonly<Partial<Record<(typeof CLOUDS)[number], () => FoundationBuilder>>> = {
  gcp: () => (require("./gcpFoundation") as typeof import("./gcpFoundation")).gcpFoundation,
};

/**
 * Composes the foundations of all clouds that the configuration names.
 * @throws {pulumi.RunError} before any resource is registered, when it names a cloud that this version cannot build.
 */
export function cloudPlatform(config: Config, environment: CloudEnvironment): PlatformOutputs {
  const named = CLOUDS.filter((cloud) => config[cloud] !== undefined);
  const absent = named.filter((cloud) => BUILDERS[cloud] === undefined);
  if (absent.length > 0) {
    throw new pulumi.RunError(
      `Stack ${config.stack} asks for ${absent.join(", ")}, which this version of Tideline cannot build yet, so nothing was changed. ` +
        "Stack local runs the same services on this machine: npm run up.",
    );
  }
  const outputs = named.map((cloud) => {
    const foundation = BUILDERS[cloud]?.()(config, environment);
    return foundation ? cloudOutputs(cloud, foundation) : {};
  });
  return Object.assign({ environment: pulumi.output(environment) }, ...outputs);
}
