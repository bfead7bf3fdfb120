import { z } from "zod";
import { AMI_TYPES } from "../components/aws/nodePoolShape";
import {
  cidr,
  clusterFields,
  databaseFields,
  days,
  foundationFields,
  gpuFields,
  healthChecks,
  networkFields,
  nodePools,
  poolFields,
  shortName,
} from "./cloudConfig";

const principalArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/.+$/)
  .describe("an ARN such as arn:aws:iam::123456789012:role/data-science");

const gpu = z.strictObject({
  ...gpuFields,
  sharing: z
    .union([
      z.enum(["whole", "dra"]),
      z.strictObject({ timeSliced: z.int().min(2).max(48).describe("Pods that share one") }),
      z.strictObject({ mig: z.string().min(1).describe("Profile that each is cut into, such as 1g.10gb") }),
    ])
    .optional()
    .describe('"whole", "dra", { timeSliced: 2 to 48 } or { mig: PROFILE such as 1g.10gb }'),
});

const poolShape = {
  ...poolFields,
  desired: z.int().min(0).max(1000).optional().describe("Nodes to begin with, the autoscaler's business afterwards"),
  capacity: z
    .union([
      z.enum(["onDemand", "spot"]),
      z.strictObject({ reservedBlock: z.string().describe("Capacity block for ML, such as cr-0123456789abcdef0") }),
    ])
    .optional()
    .describe('"onDemand", "spot" or { reservedBlock: cr-... }'),
  zones: z
    .array(z.int().min(0).max(3))
    .min(1)
    .optional()
    .describe("Numbers of the zones used, from 0; unset means all"),
  gpu: gpu.optional().describe("Accelerators of each node; unset means none"),
  amiType: z.enum(AMI_TYPES).optional().describe("Image of the nodes; unset means Amazon Linux 2023 for the machines"),
  metadataHopLimit: z.literal([1, 2]).optional().describe("2 lets pods reach the instance metadata; unset means 1"),
};

const network = z.strictObject({
  ...networkFields,
  zones: z.int().min(2).max(4).default(3).describe("Availability zones used"),
  zoneIds: z.array(z.string().min(1)).min(2).optional().describe("Zone ids in a fixed order, such as use1-az1"),
  endpoints: z
    .enum(["s3", "images", "private"])
    .optional()
    .describe("Endpoints of AWS's services inside the VPC; unset means private in prod and without NAT, else images"),
  secondaryCidrs: z.array(cidr).max(4).optional().describe("Further networks, for pods alone, such as 100.64.0.0/16"),
  ipv6: z.boolean().optional().describe("An IPv6 block and addresses from it for every subnet; unset means false"),
  flowLogRetentionDays: days(1, 3653).optional().describe("Days that flow logs are kept"),
});

const cluster = z
  .strictObject({
    ...clusterFields,
    administrators: z.array(principalArn).min(1).optional().describe("Who may do everything on the cluster"),
    grants: z
      .record(
        shortName,
        z.strictObject({
          principalArn,
          right: z.enum(["view", "edit", "admin"]).describe("What they may do"),
          namespaces: z.array(z.string().min(1)).min(1).optional().describe("Where; unset means everywhere"),
        }),
      )
      .optional()
      .describe("Further people and programs, by name"),
    nodePools: nodePools(z.strictObject(poolShape)).optional(),
    systemPool: z.strictObject(poolShape).optional().describe("Pool of system pods; unset means two small nodes"),
    karpenter: z
      .strictObject({ namespace: z.string().min(1).default("kube-system").describe("Namespace of its chart") })
      .optional()
      .describe("Queue, rules, roles and access that Karpenter needs in AWS; unset means none"),
    autoMode: z
      .strictObject({
        pools: z
          .array(z.enum(["general-purpose", "system"]))
          .min(1)
          .describe("Built-in pools"),
        gpuDriver: z.enum(["devicePlugin", "dra"]).optional().describe("How pods get GPUs; unset means devicePlugin"),
      })
      .optional()
      .describe("EKS Auto Mode instead of pools of our own"),
    addonVersions: z
      .strictObject({
        "vpc-cni": z.string().optional(),
        "kube-proxy": z.string().optional(),
        "eks-pod-identity-agent": z.string().optional(),
        coredns: z.string().optional(),
        "aws-ebs-csi-driver": z.string().optional(),
        "eks-node-monitoring-agent": z.string().optional(),
        "metrics-server": z.string().optional(),
      })
      .optional()
      .describe("Versions of add-ons other than the pinned ones, such as v1.12.4-eksbuild.1"),
    supportType: z.enum(["STANDARD", "EXTENDED"]).optional().describe("Support of the version; unset means STANDARD"),
    logRetentionDays: days(1, 3653).optional().describe("Days that control plane logs are kept"),
    access: z
      .strictObject({
        roleArn: principalArn.optional(),
        profile: z.string().min(1).optional().describe("Profile of the AWS command line"),
      })
      .optional()
      .describe("Role and profile that the kubeconfig names; unset means whoever uses it"),
  })
  .superRefine((value, context) => {
    const own = (["nodePools", "systemPool", "karpenter"] as const).filter((key) => value[key] !== undefined);
    const problem = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (value.autoMode === undefined && value.nodePools === undefined) {
      problem("nodePools", "node pools by name, or autoMode in their place");
    }
    if (value.autoMode !== undefined && own.length > 0) {
      problem("autoMode", `Auto Mode without ${own.join(", ")}, because AWS runs its nodes; remove either`);
    }
  });

/** AWS: naming it in a stack's settings switches it on. */
export const awsConfig = z
  .strictObject({
    ...foundationFields,
    accountId: z
      .string()
      .regex(/^\d{12}$/)
      .describe("an account id, twelve digits in quotes; up refuses to work in any other account"),
    assumeRoleArn: z
      .string()
      .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/)
      .optional()
      .describe("a role ARN such as arn:aws:iam::123456789012:role/deploy, to be assumed"),
    network,
    cluster,
    database: z.strictObject({
      ...databaseFields,
      maxStorageGb: z.int().min(22).max(65_536).optional().describe("GiB that the storage may grow to by itself"),
      password: z.enum(["managed", "generated"]).optional().describe("Made and rotated by RDS, or once by us"),
    }),
    cache: z
      .strictObject({
        nodeType: z.string().min(1).optional().describe("Node type of ElastiCache, such as cache.r7g.large"),
        nodes: z.int().min(1).max(6).optional().describe("Nodes; unset means 2 in prod, else 1"),
      })
      .optional()
      .describe("Cache; unset means sized by the environment"),
    objects: z
      .strictObject({
        glacierAfterDays: days(90, 3650).optional().describe("Days until objects move to Glacier; unset means 90"),
        accessLogDays: days(1, 3650).optional().describe("Days that access logs are kept; unset means 90, 365 in prod"),
      })
      .optional()
      .describe("Buckets; unset means the defaults"),
    recoveryRegion: z
      .string()
      .min(1)
      .optional()
      .describe("Second region for copies of objects, images and the database's backups; unset means none"),
    healthChecks: healthChecks("AWS"),
  })
  .optional()
  .describe("AWS foundation");

/** The section of AWS. */
export type AwsConfig = NonNullable<z.output<typeof awsConfig>>;
