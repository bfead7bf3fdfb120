import { version } from "@pulumi/gcp/package.json";
import { byToken, type Catalogue } from "../catalogue";
import { gcpFunctions, gcpTypes } from ".";

/** The simulated Google Cloud. A provider without a project works where every resource names its own. */
export const gcpCatalogue: Catalogue = {
  package: "gcp",
  version,
  typeOf: byToken(gcpTypes),
  functions: gcpFunctions,
  locate: ({ project, region }) => ({
    account: typeof project === "string" ? project : "",
    region: typeof region === "string" ? region : "global",
  }),
  defaultTags: {
    input: "labels",
    merged: "effectiveLabels",
    of: ({ defaultLabels }) => (defaultLabels as Record<string, unknown> | undefined) ?? {},
  },
  refusals: {
    inUse: (target, by) =>
      `googleapi: Error 400: The resource '${target.id}' is already being used by '${by.id}', resourceInUseByAnotherResource`,
    exists: (_, value) => `googleapi: Error 409: The resource '${value}' already exists, alreadyExists`,
    missing: (path, value) => `googleapi: Error 404: ${path}: The resource '${value}' was not found, notFound`,
    protectedFromDeletion: (target, property) =>
      `Cannot destroy ${target.id} because ${property} is set to true. Set it to false and apply before destroying it.`,
  },
};
