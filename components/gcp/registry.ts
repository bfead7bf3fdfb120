import * as artifactregistry from "@pulumi/gcp/artifactregistry";
import * as pulumi from "@pulumi/pulumi";
import type { Registry } from "../contract";
import { NAME_LIMITS, physicalName } from "../naming";
import { type GcpPlace, standardLabels } from "./place";

export interface GcpRegistryArgs extends GcpPlace {
  /** Key that encrypts images. */
  readonly key: pulumi.Input<string>;
  /** A tag, once pushed, never means another image. @default on */
  readonly immutableTags?: boolean;
}

/** Days that images without a tag are kept, and how many of each name stay whatever their age. */
const [UNTAGGED_DAYS, ALWAYS_KEPT] = [30, 10];

/** An Artifact Registry repository for container images, scanned for known vulnerabilities. */
export class GcpRegistry extends pulumi.ComponentResource implements Registry {
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: GcpRegistryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:gcp:Registry", name, {}, opts);
    const { stack, project, region, key, immutableTags = true } = args;
    const repository = new artifactregistry.Repository(
      name,
      {
        repositoryId: physicalName({ stack, component: name }, NAME_LIMITS.gcpRepository),
        description: `Images of stack ${stack}`,
        project,
        location: region,
        format: "DOCKER",
        kmsKeyName: key,
        dockerConfig: { immutableTags },
        vulnerabilityScanningConfig: { enablementConfig: "INHERITED" },
        cleanupPolicies: [
          { id: "keep-newest", action: "KEEP", mostRecentVersions: { keepCount: ALWAYS_KEPT } },
          {
            id: "delete-untagged",
            action: "DELETE",
            condition: { tagState: "UNTAGGED", olderThan: `${UNTAGGED_DAYS * 86_400}s` },
          },
        ],
        labels: standardLabels(args, name),
      },
      { parent: this },
    );
    this.url = pulumi.interpolate`${region}-docker.pkg.dev/${project}/${repository.repositoryId}`;
    this.registerOutputs({ url: this.url });
  }
}
