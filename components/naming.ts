import { createHash } from "node:crypto";

/** What a physical name is made of; equal parts give an equal name, on every machine and in every run. */
export interface NameParts {
  /** Stack, such as prod. */
  readonly stack: string;
  /** Name of the component that owns the resource. */
  readonly component: string;
  /** Which of the component's resources. @default the component has one of this kind */
  readonly part?: string;
  /** Stable text for names that must be unique in the world, such as an account id. @default none */
  readonly suffix?: string;
}

/** What a cloud allows for the names of one kind of resource. */
export interface NameLimit {
  readonly maxLength: number;
  /** What joins the parts; empty where the cloud allows letters and digits alone. */
  readonly separator: "-" | "_" | "";
}

/**
 * The clouds' limits. All names that come out are lower-case letters, digits and the separator, start with a letter and
 * end with a letter or digit, which every kind below accepts.
 * Sources: each service's API reference; Azure: "Naming rules and restrictions for Azure resources".
 */
export const NAME_LIMITS = {
  awsIamRole: { maxLength: 64, separator: "-" },
  awsIamPolicy: { maxLength: 128, separator: "-" },
  awsInstanceProfile: { maxLength: 128, separator: "-" },
  awsBucket: { maxLength: 63, separator: "-" },
  awsCluster: { maxLength: 100, separator: "-" },
  awsNodeGroup: { maxLength: 63, separator: "-" },
  awsLaunchTemplate: { maxLength: 128, separator: "-" },
  awsSecurityGroup: { maxLength: 255, separator: "-" },
  awsDatabase: { maxLength: 63, separator: "-" },
  awsDatabaseGroup: { maxLength: 255, separator: "-" },
  awsCache: { maxLength: 40, separator: "-" },
  awsSecret: { maxLength: 512, separator: "-" },
  awsLogGroup: { maxLength: 512, separator: "-" },
  awsKeyAlias: { maxLength: 250, separator: "-" },
  awsQueue: { maxLength: 80, separator: "-" },
  awsTopic: { maxLength: 256, separator: "-" },
  awsEventRule: { maxLength: 64, separator: "-" },
  awsAlarm: { maxLength: 255, separator: "-" },
  awsBudget: { maxLength: 100, separator: "-" },
  awsRepository: { maxLength: 240, separator: "-" },
  gcpCompute: { maxLength: 63, separator: "-" },
  gcpCluster: { maxLength: 40, separator: "-" },
  gcpNodePool: { maxLength: 40, separator: "-" },
  gcpServiceAccount: { maxLength: 30, separator: "-" },
  gcpBucket: { maxLength: 63, separator: "-" },
  // Project id (30 at most) and instance name together: 98.
  gcpDatabase: { maxLength: 67, separator: "-" },
  gcpCache: { maxLength: 40, separator: "-" },
  gcpSecret: { maxLength: 255, separator: "-" },
  gcpKey: { maxLength: 63, separator: "-" },
  gcpRepository: { maxLength: 63, separator: "-" },
  gcpDataset: { maxLength: 1024, separator: "_" },
  azureResourceGroup: { maxLength: 90, separator: "-" },
  azureNetwork: { maxLength: 64, separator: "-" },
  azureSubnet: { maxLength: 80, separator: "-" },
  azureCluster: { maxLength: 63, separator: "-" },
  azureNodePool: { maxLength: 12, separator: "" },
  azureIdentity: { maxLength: 128, separator: "-" },
  azureDatabase: { maxLength: 63, separator: "-" },
  azureStorageAccount: { maxLength: 24, separator: "" },
  azureRegistry: { maxLength: 50, separator: "" },
  azureVault: { maxLength: 24, separator: "-" },
  azureCache: { maxLength: 63, separator: "-" },
  azureWorkspace: { maxLength: 63, separator: "-" },
  azureActionGroup: { maxLength: 260, separator: "-" },
  azureBudget: { maxLength: 63, separator: "-" },
} as const satisfies Readonly<Record<string, NameLimit>>;

const HASH_LENGTH = 8;

/**
 * The name that a resource has in its cloud: `tideline-STACK-COMPONENT[-PART][-SUFFIX]`. Where that is too long, or
 * characters had to go, the end becomes a hash of all parts, so that different parts never share a name.
 */
export function physicalName(parts: NameParts, limit: NameLimit): string {
  const { stack, component, part, suffix } = parts;
  const wanted = ["tideline", stack, component, part, suffix].filter((text) => text !== undefined && text !== "");
  const plain = wanted.join("-");
  const clean = plain
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, limit.separator)
    .replace(/^[-_]+|[-_]+$/g, "");
  // Without a separator "a","bc" and "ab","c" would read alike, so there the hash is always needed.
  if (clean === plain.replaceAll("-", limit.separator || "-") && clean.length <= limit.maxLength) return clean;
  const hash = createHash("sha256").update(JSON.stringify(wanted)).digest("hex").slice(0, HASH_LENGTH);
  const room = limit.maxLength - HASH_LENGTH - limit.separator.length;
  const kept = clean.slice(0, Math.max(1, room)).replace(/[-_]+$/, "");
  return `${kept}${limit.separator}${hash}`;
}
