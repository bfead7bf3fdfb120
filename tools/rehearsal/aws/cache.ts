import type { Made, ResourceType, Rule } from "../resourceType";
import { awsType, flag, input, list, number, refers, regionOf, text } from "./awsType";
import { spansZones } from "./database";
import { isCacheNodeType } from "./machineTypes";
import { KEY } from "./security";

const SUBNETS = "aws:elasticache/subnetGroup:SubnetGroup";

const replaced = { required: true, replaces: true } as const;
const cacheArn = (kind: string) => (made: Made, id: string) =>
  `elasticache:${regionOf(made)}:${made.account}:${kind}:${id}`;

const nodeTypeExists: Rule = ({ inputs: { nodeType } }) =>
  nodeType === undefined || isCacheNodeType(String(nodeType))
    ? undefined
    : `InvalidParameterValue: The cache node type ${nodeType} is not supported`;

/** A password travels over TLS alone. Source: ElastiCache API, CreateReplicationGroup. */
const passwordNeedsTls: Rule = (made) =>
  made.inputs.authToken !== undefined && made.inputs.transitEncryptionEnabled !== true
    ? "InvalidParameterCombination: AUTH token is only supported when encryption-in-transit is enabled"
    : undefined;

const failoverNeedsTwo: Rule = (made) =>
  (made.inputs.automaticFailoverEnabled || made.inputs.multiAzEnabled) && Number(made.inputs.numCacheClusters) < 2
    ? "InvalidParameterCombination: When using automatic failover, there must be at least 2 cache clusters in the replication group."
    : undefined;

/** Caches. Source: ElastiCache API reference. */
export const cacheTypes: readonly ResourceType[] = [
  awsType({
    token: SUBNETS,
    id: (made) => input(made, "name"),
    arn: cacheArn("subnetgroup"),
    inputs: {
      name: text({ ...replaced, maxLength: 255, pattern: /[a-z0-9-]+/ }),
      description: text(),
      subnetIds: list(refers("aws:ec2/subnet:Subnet"), { required: true }),
    },
    rules: [spansZones("InvalidSubnet")],
    unique: { property: "name", within: "account" },
  }),
  awsType({
    token: "aws:elasticache/replicationGroup:ReplicationGroup",
    id: (made) => input(made, "replicationGroupId"),
    arn: cacheArn("replicationgroup"),
    inputs: {
      replicationGroupId: text({ ...replaced, maxLength: 40, pattern: /[a-z](?!.*--)[a-z0-9-]*[a-z0-9]/ }),
      description: text({ required: true }),
      engine: text({ values: ["valkey", "redis"] }),
      engineVersion: text({ pattern: /\d+\.\d+/ }),
      nodeType: text({ pattern: /cache\.[a-z0-9]+\.[a-z0-9]+/ }),
      numCacheClusters: number({ min: 1, max: 6 }),
      port: number({ replaces: true }),
      automaticFailoverEnabled: flag(),
      multiAzEnabled: flag(),
      subnetGroupName: refers(SUBNETS, ["name"], { replaces: true }),
      securityGroupIds: list(refers("aws:ec2/securityGroup:SecurityGroup")),
      atRestEncryptionEnabled: flag({ replaces: true }),
      kmsKeyId: refers(KEY, ["arn"], { replaces: true }),
      transitEncryptionEnabled: flag(),
      transitEncryptionMode: text({ values: ["preferred", "required"] }),
      authToken: text({ maxLength: 128, pattern: /[A-Za-z0-9!&#$^<>-]{16,128}/ }),
      authTokenUpdateStrategy: text({ values: ["SET", "ROTATE", "DELETE"] }),
      autoMinorVersionUpgrade: flag(),
      maintenanceWindow: text({ pattern: /[a-z]{3}:\d\d:\d\d-[a-z]{3}:\d\d:\d\d/ }),
      snapshotRetentionLimit: number({ min: 0, max: 35 }),
      snapshotWindow: text({ pattern: /\d\d:\d\d-\d\d:\d\d/ }),
      applyImmediately: flag(),
    },
    outputs: (made, id) => {
      const domain = `${id}.c${made.sequence.toString(36).padStart(5, "0")}.${regionOf(made)}.cache.amazonaws.com`;
      return { primaryEndpointAddress: `master.${domain}`, readerEndpointAddress: `replica.${domain}` };
    },
    rules: [nodeTypeExists, passwordNeedsTls, failoverNeedsTwo],
    unique: { property: "replicationGroupId", within: "account" },
    quota: { most: 300, code: "NodeQuotaForCustomerExceeded" },
  }),
];
