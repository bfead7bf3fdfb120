import { REMAINING_CLOUD_FAULTS } from "./plantedCloudRemainders";
import type { PlantedFault } from "./plantedFaults";
import { OBJECT_FAULTS } from "./plantedObjects";

const EKS = "aws:eks/cluster:Cluster";
const NODES = "aws:eks/nodeGroup:NodeGroup";
const RDS = "aws:rds/instance:Instance";
const ROLE = "aws:iam/role:Role";

const policy = (statement: Record<string, unknown>) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

/** Faults of AWS that only production must not have, or that hide those of AWS_FAULTS. */
const AWS: readonly PlantedFault[] = [
  { rule: "eks-addon-pinned", type: "aws:eks/addon:Addon", set: { addonVersion: null } },
  { rule: "eks-deletion-protection", type: EKS, set: { deletionProtection: false } },
  { rule: "eks-zonal-shift", type: EKS, set: { "zonalShiftConfig.enabled": false } },
  { rule: "eks-secrets-encrypted", type: EKS, set: { encryptionConfig: null } },
  { rule: "eks-no-amazon-linux-2", type: NODES, set: { amiType: "AL2_x86_64" } },
  { rule: "monthly-ceiling", type: NODES, set: { "scalingConfig.minSize": 90, "scalingConfig.maxSize": 95 } },
  { rule: "monthly-budget", type: NODES, set: { "scalingConfig.minSize": 90 } },
  {
    rule: "aws-node-disks-encrypted",
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    set: { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 50, encrypted: "false" } }] },
  },
  { rule: "rds-deletion-protection", type: RDS, set: { deletionProtection: false } },
  { rule: "rds-final-snapshot", type: RDS, set: { skipFinalSnapshot: true } },
  { rule: "rds-multi-zone", type: RDS, set: { multiAz: false } },
  { rule: "rds-encrypted", type: RDS, set: { storageEncrypted: false } },
  { rule: "rds-managed-password", type: RDS, set: { manageMasterUserPassword: false, password: "planted-password" } },
  {
    rule: "elasticache-failover",
    type: "aws:elasticache/replicationGroup:ReplicationGroup",
    set: { multiAzEnabled: false },
  },
  {
    rule: "elasticache-tls",
    type: "aws:elasticache/replicationGroup:ReplicationGroup",
    set: { transitEncryptionMode: "preferred" },
  },
  { rule: "kms-deletion-window", type: "aws:kms/key:Key", set: { deletionWindowInDays: 7 } },
  { rule: "log-group-key", type: "aws:cloudwatch/logGroup:LogGroup", set: { kmsKeyId: null } },
  { rule: "secrets-manager-key", type: "aws:secretsmanager/secret:Secret", set: { kmsKeyId: null } },
  { rule: "sns-key", type: "aws:sns/topic:Topic", set: { kmsMasterKeyId: null } },
  { rule: "aws-tags", type: "aws:sns/topic:Topic", set: { tags: { Environment: "" } } },
  {
    rule: "s3-tls-only",
    type: "aws:s3/bucketPolicy:BucketPolicy",
    set: { policy: policy({ Effect: "Deny", Principal: "*", Action: "s3:DeleteBucket", Resource: "*" }) },
  },
  { rule: "s3-keeps-content", type: "aws:s3/bucket:Bucket", set: { forceDestroy: true } },
  {
    rule: "s3-lifecycle-ends",
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    set: { rules: [{ id: "none", status: "Disabled", filter: {}, expiration: { days: 9 } }] },
  },
  {
    rule: "s3-bucket-settings",
    type: "aws:s3/bucketVersioning:BucketVersioning",
    name: "models",
    set: { bucket: "another" },
  },
  {
    rule: "aws-resource-policy-closed",
    type: "aws:kms/key:Key",
    set: { policy: policy({ Principal: "*", Action: "kms:Decrypt", Resource: "*" }) },
  },
  {
    rule: "iam-trust-named",
    type: ROLE,
    name: "serving",
    set: { assumeRolePolicy: policy({ Principal: { AWS: "*" }, Action: "sts:AssumeRole" }) },
  },
  {
    rule: "iam-federation-scoped",
    type: ROLE,
    name: "training",
    set: {
      assumeRolePolicy: policy({
        Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/issuer" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { "issuer:aud": "sts.amazonaws.com" } },
      }),
    },
  },
  {
    rule: "iam-no-wildcard-resources",
    type: "aws:iam/rolePolicy:RolePolicy",
    set: { policy: policy({ Action: "iam:PassRole", Resource: "*" }) },
  },
  {
    rule: "eks-no-masters-group",
    type: "aws:eks/accessEntry:AccessEntry",
    set: { kubernetesGroups: ["system:masters"] },
  },
  {
    rule: "aws-default-group-empty",
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    set: { ingress: [{}] },
  },
  {
    rule: "aws-default-group-adopted",
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    set: { vpcId: "vpc-0123456789abcdef0" },
  },
  { rule: "aws-flow-logs", type: "aws:ec2/flowLog:FlowLog", set: { vpcId: "vpc-0123456789abcdef0" } },
  {
    rule: "aws-nat-per-zone",
    type: "aws:ec2/natGateway:NatGateway",
    name: "1",
    set: { subnetId: "subnet-0123456789abcdef0" },
  },
];

/** Faults for a second preview of production. */
export const REMAINING_FAULTS: readonly PlantedFault[] = [...AWS, ...REMAINING_CLOUD_FAULTS, ...OBJECT_FAULTS];
