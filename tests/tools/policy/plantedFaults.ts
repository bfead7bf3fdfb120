/** A change of resources of a type, and the one rule that must notice it. */
interface ChangedResources {
  readonly rule: string;
  readonly type: string;
  /** Part of the names of the resources to change. @default all of the type */
  readonly name?: string;
  /** New values by path; null takes the value away, and `{ idsOf: { type, name } }` is the ids of resources made before. */
  readonly set: Readonly<Record<string, unknown>>;
}

/** A resource that a stack should not have, and the one rule that must notice it. */
interface AddedResource {
  readonly rule: string;
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
}

export type PlantedFault = ChangedResources | AddedResource;

const EKS = "aws:eks/cluster:Cluster";
const NODES = "aws:eks/nodeGroup:NodeGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const RDS = "aws:rds/instance:Instance";
const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";

/** Faults of AWS that do not hide each other, so that one preview shows them all. */
export const AWS_FAULTS: readonly PlantedFault[] = [
  { rule: "eks-endpoint-private", type: EKS, set: { "vpcConfig.endpointPrivateAccess": false } },
  {
    rule: "eks-endpoint-breadth",
    type: EKS,
    set: { "vpcConfig.endpointPublicAccess": true, "vpcConfig.publicAccessCidrs": ["0.0.0.0/1", "128.0.0.0/1"] },
  },
  { rule: "eks-control-plane-logs", type: EKS, set: { enabledClusterLogTypes: ["api"] } },
  { rule: "eks-access-entries", type: EKS, set: { "accessConfig.authenticationMode": "API_AND_CONFIG_MAP" } },
  { rule: "eks-no-creator-admin", type: EKS, set: { "accessConfig.bootstrapClusterCreatorAdminPermissions": true } },
  { rule: "eks-standard-support", type: EKS, set: { "upgradePolicy.supportType": "EXTENDED" } },
  { rule: "eks-node-repair", type: NODES, set: { "nodeRepairConfig.enabled": false } },
  { rule: "eks-node-group-maximum", type: NODES, set: { "scalingConfig.maxSize": 400 } },
  { rule: "eks-gpu-taint", type: NODES, set: { amiType: "AL2023_x86_64_NVIDIA" } },
  { rule: "aws-imds-tokens", type: TEMPLATE, set: { "metadataOptions.httpTokens": "optional" } },
  { rule: "aws-imds-hop-limit", type: TEMPLATE, set: { "metadataOptions.httpPutResponseHopLimit": 2 } },
  { rule: "aws-instance-families", type: TEMPLATE, set: { instanceType: "p5.48xlarge" } },
  { rule: "rds-backups", type: RDS, set: { backupRetentionPeriod: 1 } },
  { rule: "rds-not-public", type: RDS, set: { publiclyAccessible: true } },
  { rule: "rds-iam-logins", type: RDS, set: { iamDatabaseAuthenticationEnabled: false } },
  { rule: "rds-logs", type: RDS, set: { enabledCloudwatchLogsExports: ["upgrade"] } },
  { rule: "rds-minor-upgrades", type: RDS, set: { autoMinorVersionUpgrade: false } },
  {
    rule: "rds-private-subnets",
    type: "aws:rds/subnetGroup:SubnetGroup",
    set: { subnetIds: { idsOf: { type: "aws:ec2/subnet:Subnet", name: "public" } } },
  },
  { rule: "iam-no-access-keys", type: "aws:iam/accessKey:AccessKey", name: "planted", props: { user: "someone" } },
  {
    rule: "rds-tls-forced",
    type: "aws:rds/parameterGroup:ParameterGroup",
    set: { parameters: [{ name: "rds.force_ssl", value: "0" }] },
  },
  { rule: "elasticache-password", type: CACHE, set: { authToken: null } },
  { rule: "elasticache-encrypted", type: CACHE, set: { atRestEncryptionEnabled: false } },
  {
    rule: "s3-public-access-blocked",
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    set: { blockPublicPolicy: false },
  },
  {
    rule: "s3-versioned",
    type: "aws:s3/bucketVersioning:BucketVersioning",
    set: { "versioningConfiguration.status": "Suspended" },
  },
  {
    rule: "s3-no-acl",
    type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    set: { "rule.objectOwnership": "ObjectWriter" },
  },
  { rule: "ecr-immutable-tags", type: "aws:ecr/repository:Repository", set: { imageTagMutability: "MUTABLE" } },
  {
    rule: "ecr-scan",
    type: "aws:ecr/repository:Repository",
    set: { "imageScanningConfiguration.scanOnPush": false },
  },
  { rule: "kms-rotation", type: "aws:kms/key:Key", set: { enableKeyRotation: false } },
  { rule: "log-group-retention", type: "aws:cloudwatch/logGroup:LogGroup", set: { retentionInDays: 3653 } },
  { rule: "aws-flow-logs-all", type: "aws:ec2/flowLog:FlowLog", set: { trafficType: "REJECT" } },
  { rule: "aws-subnet-no-public-addresses", type: "aws:ec2/subnet:Subnet", set: { mapPublicIpOnLaunch: true } },
  {
    rule: "aws-ingress-breadth",
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    set: { cidrIpv4: "0.0.0.0/0", fromPort: 22, toPort: 22 },
  },
  {
    rule: "iam-no-administrators",
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    set: { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
  },
  {
    rule: "iam-no-wildcard-actions",
    type: "aws:iam/rolePolicy:RolePolicy",
    set: {
      policy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::models"}]}',
    },
  },
];
