import * as storage from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { ObjectStore } from "../contract";
import { NAME_LIMITS, physicalName } from "../naming";
import { type GcpPlace, protects, standardLabels } from "./place";

export interface GcpObjectStoreArgs extends GcpPlace {
  /** Key that encrypts objects. */
  readonly key: pulumi.Input<string>;
  /** Region, dual-region such as EUR4 or multi-region such as EU; the last two survive the loss of a region. @default the stack's region */
  readonly location?: string;
  /** Newer versions after which an old one goes, 1 to 100. @default 5 */
  readonly versionsKept?: number;
  /** Days after which artifacts and data move to colder storage; models stay where serving reads them. @default 90 */
  readonly coldAfterDays?: number;
  /** @default on in prod */
  readonly deletionProtection?: boolean | undefined;
}

/** The buckets, and whether their objects are read for as long as they are kept. */
const BUCKETS = {
  models: { cools: false },
  artifacts: { cools: true },
  data: { cools: true },
} as const;
export type GcpBucket = keyof typeof BUCKETS;

/** Cloud Storage buckets for models, artifacts and data: private, versioned, encrypted with the stack's key. */
export class GcpObjectStore extends pulumi.ComponentResource implements ObjectStore {
  readonly modelsUrl: pulumi.Output<string>;
  readonly artifactsUrl: pulumi.Output<string>;
  readonly dataUrl: pulumi.Output<string>;
  /** Bucket names, for grants. */
  readonly buckets: Readonly<Record<GcpBucket, pulumi.Output<string>>>;

  constructor(name: string, args: GcpObjectStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("GcpObjectStore", name, objectStoreProblems(args));
    super("tideline:gcp:ObjectStore", name, {}, opts);
    // Bucket names are taken in the whole world.
    const suffix = new random.RandomId(`${name}-suffix`, { byteLength: 4 }, { parent: this });
    const bucket = (part: GcpBucket) =>
      new storage.Bucket(
        `${name}-${part}`,
        {
          name: suffix.hex.apply((hex) =>
            physicalName({ stack: args.stack, component: name, part, suffix: hex }, NAME_LIMITS.gcpBucket),
          ),
          ...bucketInputs(part, args),
          labels: standardLabels(args, name),
        },
        { parent: this },
      ).name;
    this.buckets = { models: bucket("models"), artifacts: bucket("artifacts"), data: bucket("data") };
    const url = (part: GcpBucket) => pulumi.interpolate`gs://${this.buckets[part]}`;
    this.modelsUrl = url("models");
    this.artifactsUrl = url("artifacts");
    this.dataUrl = url("data");
    this.registerOutputs({ modelsUrl: this.modelsUrl, artifactsUrl: this.artifactsUrl, dataUrl: this.dataUrl });
  }
}

/** All that is wrong with the arguments. */
export function objectStoreProblems(args: Omit<GcpObjectStoreArgs, "key">): readonly ArgumentProblem[] {
  const { versionsKept = 5, coldAfterDays = 90 } = args;
  return [
    ...problemIf(
      !Number.isInteger(versionsKept) || versionsKept < 1 || versionsKept > 100,
      "versionsKept",
      `is ${versionsKept}; allowed are 1 to 100 newer versions.`,
    ),
    ...problemIf(
      !Number.isInteger(coldAfterDays) || coldAfterDays < 1,
      "coldAfterDays",
      `is ${coldAfterDays}; allowed are whole days from 1.`,
    ),
  ];
}

function bucketInputs(part: GcpBucket, args: GcpObjectStoreArgs) {
  const { project, region, location = region, versionsKept = 5, coldAfterDays = 90, key } = args;
  const cooling = {
    action: { type: "SetStorageClass", storageClass: "COLDLINE" },
    condition: { age: coldAfterDays, matchesStorageClasses: ["STANDARD"] },
  };
  return {
    project,
    location: location.toUpperCase(),
    storageClass: "STANDARD",
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    versioning: { enabled: true },
    encryption: { defaultKmsKeyName: key },
    // Deleted objects can be had back for a week.
    softDeletePolicy: { retentionDurationSeconds: 7 * 86_400 },
    lifecycleRules: [
      { action: { type: "Delete" }, condition: { numNewerVersions: versionsKept, withState: "ARCHIVED" } },
      { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
      ...(BUCKETS[part].cools ? [cooling] : []),
    ],
    forceDestroy: !protects(args, args.deletionProtection),
  };
}
