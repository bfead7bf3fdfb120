import type { Made, ResourceType, Rule } from "../resourceType";
import { awsType, CIDR, ec2Id, flag, input, list, object, refers, regionOf, text, uuid } from "./awsType";
import { KEY, ROLE } from "./security";

export const CLUSTER = "aws:eks/cluster:Cluster";
const SUBNET = "aws:ec2/subnet:Subnet";

const replaced = { required: true, replaces: true } as const;

/** A reference to the cluster that something belongs to. */
export const ofCluster = refers(CLUSTER, ["name"], replaced);

/** A Kubernetes minor version. */
export const VERSION = /1\.\d{2}/;

/** ARN of something of EKS; ids join their parts with colons, ARNs with slashes. */
export const eksArn = (kind: string) => (made: Made, id: string) =>
  `eks:${regionOf(made)}:${made.account}:${kind}/${id.replaceAll(":", "/")}`;

/** EKS upgrades by one minor version at a time and never back. Source: EKS User Guide, "Update cluster version". */
const oneMinorUp: Rule = (made, current) => {
  const [from, to] = [current?.inputs.version, made.inputs.version].map((version) =>
    Number(String(version).split(".")[1]),
  );
  if (!current || from === undefined || to === undefined || to === from || to === from + 1) return undefined;
  return `InvalidParameterException: Unsupported Kubernetes minor version update from 1.${from} to 1.${to}`;
};

const twoZones: Rule = (made) => {
  const { subnetIds = [] } = made.inputs.vpcConfig as { subnetIds?: unknown[] };
  const zones = new Set(subnetIds.map((id) => made.world.find([SUBNET], id)?.outputs.availabilityZone));
  return zones.size >= 2
    ? undefined
    : "InvalidParameterException: Subnets specified must be in at least two different AZs";
};

/** Auto Mode's three switches. Source: EKS API, CreateCluster. */
const autoModeWhole: Rule = (made) => {
  const { computeConfig, storageConfig, kubernetesNetworkConfig } = made.inputs as {
    computeConfig?: { enabled?: boolean };
    storageConfig?: { blockStorage?: { enabled?: boolean } };
    kubernetesNetworkConfig?: { elasticLoadBalancing?: { enabled?: boolean } };
  };
  const switches = [
    computeConfig?.enabled ?? false,
    storageConfig?.blockStorage?.enabled ?? false,
    kubernetesNetworkConfig?.elasticLoadBalancing?.enabled ?? false,
  ];
  return new Set(switches).size === 1
    ? undefined
    : "InvalidParameterException: For EKS Auto Mode, please ensure that all required configs, including computeConfig, kubernetesNetworkConfig, and blockStorage are all either fully enabled or fully disabled.";
};

/** The EKS control plane. */
export const clusterType: ResourceType = awsType({
  token: CLUSTER,
  id: (made) => input(made, "name"),
  arn: eksArn("cluster"),
  inputs: {
    name: text({ ...replaced, maxLength: 100, pattern: /[0-9A-Za-z][A-Za-z0-9_-]*/ }),
    version: text({ pattern: VERSION }),
    roleArn: refers(ROLE, ["arn"], replaced),
    vpcConfig: object(
      {
        subnetIds: list(refers(SUBNET), { required: true, min: 2 }),
        endpointPrivateAccess: flag(),
        endpointPublicAccess: flag(),
        publicAccessCidrs: list(text({ pattern: CIDR }), { max: 40 }),
        securityGroupIds: list(text(), { replaces: true }),
      },
      { required: true },
    ),
    accessConfig: object({
      authenticationMode: text({ values: ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"] }),
      bootstrapClusterCreatorAdminPermissions: flag({ replaces: true }),
    }),
    bootstrapSelfManagedAddons: flag({ replaces: true }),
    encryptionConfig: object(
      {
        provider: object({ keyArn: refers(KEY, ["arn"], { required: true }) }, { required: true }),
        resources: list(text({ values: ["secrets"] }), { required: true }),
      },
      { replaces: true },
    ),
    enabledClusterLogTypes: list(text({ values: ["api", "audit", "authenticator", "controllerManager", "scheduler"] })),
    upgradePolicy: object({ supportType: text({ values: ["STANDARD", "EXTENDED"] }) }),
    zonalShiftConfig: object({ enabled: flag() }),
    deletionProtection: flag({ default: false }),
    computeConfig: object({
      enabled: flag(),
      nodePools: list(text({ values: ["general-purpose", "system"] })),
      nodeRoleArn: refers(ROLE, ["arn"]),
    }),
    kubernetesNetworkConfig: object({
      ipFamily: text({ replaces: true, values: ["ipv4", "ipv6"] }),
      serviceIpv4Cidr: text({ replaces: true, pattern: CIDR }),
      elasticLoadBalancing: object({ enabled: flag() }),
    }),
    storageConfig: object({ blockStorage: object({ enabled: flag() }) }),
  },
  outputs: (made) => {
    const host = `${uuid(made).replaceAll("-", "").toUpperCase()}`;
    const region = regionOf(made);
    return {
      endpoint: `https://${host}.gr7.${region}.eks.amazonaws.com`,
      certificateAuthority: { data: Buffer.from(`simulated authority ${made.sequence}`).toString("base64") },
      identities: [{ oidcs: [{ issuer: `https://oidc.eks.${region}.amazonaws.com/id/${host}` }] }],
      status: "ACTIVE",
      platformVersion: "eks.1",
      vpcConfig: { ...(made.inputs.vpcConfig as object), clusterSecurityGroupId: ec2Id("sg")(made) },
    };
  },
  rules: [oneMinorUp, twoZones, autoModeWhole],
  unique: { property: "name", within: "account" },
  deletionProtection: "deletionProtection",
  quota: { most: 100, code: "ResourceLimitExceededException" },
});
