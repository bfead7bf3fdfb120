import type * as pulumi from "@pulumi/pulumi";
import type { Config } from "./config";

/** What the program exports: names of stack outputs to their values. */
export type PlatformOutputs = Readonly<Record<string, pulumi.Output<unknown>>>;

/**
 * Composes the whole platform that a stack's configuration describes. Each kind of platform is loaded only where it is
 * wanted: the clouds' SDKs take seconds to load, and stack local needs none of them.
 */
export function createPlatform(config: Config): PlatformOutputs {
  if (config.environment === "local") {
    const { localPlatform } = require("./localPlatform") as typeof import("./localPlatform");
    return localPlatform(config);
  }
  const { cloudPlatform } = require("./cloudPlatform") as typeof import("./cloudPlatform");
  return cloudPlatform(config, config.environment);
}
