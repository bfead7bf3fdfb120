import { version as sdkVersion } from "@pulumi/pulumi/package.json";

/** The Pulumi CLI that is downloaded or built when none is installed; pulumi/go.mod pins the same one. */
export const PINNED_VERSION = "3.259.0";

/** The oldest installed CLI that serves: Pulumi asks that the CLI be no older than the SDK that the program uses. */
export const MINIMUM_VERSION: string = sdkVersion;
