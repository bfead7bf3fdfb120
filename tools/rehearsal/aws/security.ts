import type { Made, ResourceType, Rule } from "../resourceType";
import { awsType, flag, input, json, list, number, object, refers, regionOf, text, uuid } from "./awsType";

export const ROLE = "aws:iam/role:Role";
export const POLICY = "aws:iam/policy:Policy";
export const KEY = "aws:kms/key:Key";
export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
export const SECRET = "aws:secretsmanager/secret:Secret";

const replaced = { required: true, replaces: true } as const;
const iamArn = (kind: string) => (made: Made, id: string) => `iam::${made.account}:${kind}/${id}`;
const IAM_NAME = /[\w+=,.@-]+/;

/** What IAM and KMS say of text that is no policy document. */
const wellFormed =
  (property: string): Rule =>
  (made) => {
    try {
      const { Version, Statement } = JSON.parse(input(made, property)) as { Version?: string; Statement?: unknown[] };
      if (Version === "2012-10-17" && Array.isArray(Statement) && Statement.length > 0) return undefined;
    } catch {}
    return "MalformedPolicyDocument: Syntax errors in policy.";
  };

/** A key whose policy nobody may change again is refused. Source: KMS API, BypassPolicyLockoutSafetyCheck. */
const notLockedOut: Rule = (made) =>
  input(made, "policy").includes("kms:PutKeyPolicy")
    ? undefined
    : "MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.";

/** IAM's limit on an inline or managed policy, without white space. Source: IAM User Guide, "IAM quotas". */
const notTooLong =
  (property: string, most: number): Rule =>
  (made) =>
    input(made, property).replace(/\s/g, "").length > most
      ? `LimitExceeded: Cannot exceed quota for PolicySize: ${most}`
      : undefined;

const managed = (name: string) => name.startsWith("arn:aws:iam::aws:policy/");

/** Managed policies that AWS provides and the program uses. A mistyped ARN is refused, as in life. */
const AWS_POLICIES: readonly string[] = [
  "AmazonEKSClusterPolicy",
  "AmazonEKSVPCResourceController",
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKSWorkerNodeMinimalPolicy",
  "AmazonEKS_CNI_Policy",
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonEC2ContainerRegistryReadOnly",
  "AmazonSSMManagedInstanceCore",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
  "service-role/AmazonEBSCSIDriverPolicy",
  "service-role/AmazonRDSEnhancedMonitoringRole",
].map((name) => `arn:aws:iam::aws:policy/${name}`);

const attachable: Rule = (made) => {
  const arn = input(made, "policyArn");
  const known = managed(arn) ? AWS_POLICIES.includes(arn) : made.world.find([POLICY], arn) !== undefined;
  return known ? undefined : `NoSuchEntity: Policy ${arn} does not exist or is not attachable.`;
};

const iamTypes: readonly ResourceType[] = [
  awsType({
    token: ROLE,
    id: (made) => input(made, "name"),
    arn: iamArn("role"),
    inputs: {
      name: text({ ...replaced, maxLength: 64, pattern: IAM_NAME }),
      description: text({ maxLength: 1000 }),
      assumeRolePolicy: json({ required: true }),
      maxSessionDuration: number({ min: 3600, max: 43_200, default: 3600 }),
      permissionsBoundary: text(),
      forceDetachPolicies: flag({ default: false }),
    },
    outputs: (made) => ({ uniqueId: `AROA${made.sequence.toString(36).toUpperCase().padStart(17, "0")}`, path: "/" }),
    rules: [wellFormed("assumeRolePolicy"), notTooLong("assumeRolePolicy", 2048)],
    unique: { property: "name", within: "account" },
    usableAfterSeconds: 10,
    quota: { most: 1000, code: "LimitExceeded" },
  }),
  awsType({
    token: "aws:iam/rolePolicy:RolePolicy",
    untagged: true,
    id: (made) => `${input(made, "role")}:${input(made, "name")}`,
    inputs: {
      role: refers(ROLE, ["name"], replaced),
      name: text({ ...replaced, maxLength: 128, pattern: IAM_NAME }),
      policy: json({ required: true }),
    },
    rules: [wellFormed("policy"), notTooLong("policy", 10_240)],
  }),
  awsType({
    token: POLICY,
    id: (made) => `arn:aws:iam::${made.account}:policy/${input(made, "name")}`,
    arn: (made) => `iam::${made.account}:policy/${input(made, "name")}`,
    inputs: {
      name: text({ ...replaced, maxLength: 128, pattern: IAM_NAME }),
      description: text({ replaces: true, maxLength: 1000 }),
      policy: json({ required: true }),
    },
    rules: [wellFormed("policy"), notTooLong("policy", 6144)],
    unique: { property: "name", within: "account" },
  }),
  awsType({
    token: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    untagged: true,
    id: (made) => `${input(made, "role")}-${input(made, "policyArn").split("/").at(-1)}`,
    inputs: { role: refers(ROLE, ["name"], replaced), policyArn: text(replaced) },
    rules: [attachable],
    quota: { most: 20, per: "role", code: "LimitExceeded" },
  }),
  awsType({
    token: "aws:iam/accessKey:AccessKey",
    untagged: true,
    id: (made) => `AKIA${made.sequence.toString(36).toUpperCase().padStart(16, "0")}`,
    inputs: { user: text(replaced), status: text({ values: ["Active", "Inactive"], default: "Active" }) },
  }),
  awsType({
    token: "aws:iam/instanceProfile:InstanceProfile",
    id: (made) => input(made, "name"),
    arn: iamArn("instance-profile"),
    inputs: { name: text({ ...replaced, maxLength: 128, pattern: IAM_NAME }), role: refers(ROLE, ["name"]) },
    unique: { property: "name", within: "account" },
  }),
  awsType({
    token: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    id: (made) => `arn:aws:iam::${made.account}:oidc-provider/${input(made, "url").replace("https://", "")}`,
    arn: (made) => `iam::${made.account}:oidc-provider/${input(made, "url").replace("https://", "")}`,
    inputs: {
      url: text({ ...replaced, pattern: /https:\/\/.+/ }),
      clientIdLists: list(text(), { required: true }),
      thumbprintLists: list(text({ pattern: /[0-9a-f]{40}/ })),
    },
    unique: { property: "url", within: "account" },
  }),
];

const keyTypes: readonly ResourceType[] = [
  awsType({
    token: KEY,
    id: uuid,
    arn: (made, id) => `kms:${regionOf(made)}:${made.account}:key/${id}`,
    inputs: {
      description: text({ maxLength: 8192 }),
      enableKeyRotation: flag({ default: false }),
      deletionWindowInDays: number({ min: 7, max: 30, default: 30 }),
      policy: json(),
      multiRegion: flag({ replaces: true, default: false }),
      keyUsage: text({ replaces: true, values: ["ENCRYPT_DECRYPT", "SIGN_VERIFY"], default: "ENCRYPT_DECRYPT" }),
    },
    outputs: (_, id) => ({ keyId: id }),
    rules: [wellFormed("policy"), notLockedOut, notTooLong("policy", 32_768)],
  }),
  awsType({
    token: "aws:kms/alias:Alias",
    untagged: true,
    id: (made) => input(made, "name"),
    arn: (made, id) => `kms:${regionOf(made)}:${made.account}:${id}`,
    inputs: {
      name: text({ ...replaced, maxLength: 256, pattern: /alias\/(?!aws\/)[\w/-]+/ }),
      targetKeyId: refers(KEY, ["keyId", "arn"], { required: true }),
    },
    outputs: (made) => ({ targetKeyArn: made.world.find([KEY], made.inputs.targetKeyId)?.outputs.arn ?? "" }),
    unique: { property: "name", within: "account" },
  }),
];

const secretTypes: readonly ResourceType[] = [
  awsType({
    token: SECRET,
    id: (made) => secretArn(made),
    arn: (made) => secretArn(made).replace("arn:aws:", ""),
    inputs: {
      name: text({ ...replaced, maxLength: 512, pattern: /[\w/+=.@-]+/ }),
      description: text({ maxLength: 2048 }),
      kmsKeyId: refers(KEY, ["arn", "keyId"]),
      recoveryWindowInDays: number({ min: 0, max: 30, default: 30 }),
      replicas: list(object({ region: text({ required: true }), kmsKeyId: text() })),
    },
    unique: { property: "name", within: "account" },
  }),
  awsType({
    token: "aws:secretsmanager/secretVersion:SecretVersion",
    untagged: true,
    id: (made) => `${input(made, "secretId")}|${uuid(made)}`,
    inputs: { secretId: refers(SECRET, ["arn"], replaced), secretString: text({ required: true, maxLength: 65_536 }) },
    outputs: (made) => ({ versionId: uuid(made), versionStages: ["AWSCURRENT"] }),
  }),
];

function secretArn(made: Made): string {
  const suffix = made.sequence.toString(36).padStart(6, "0").slice(-6);
  return `arn:aws:secretsmanager:${regionOf(made)}:${made.account}:secret:${input(made, "name")}-${suffix}`;
}

const logTypes: readonly ResourceType[] = [
  awsType({
    token: LOG_GROUP,
    id: (made) => input(made, "name"),
    arn: (made, id) => `logs:${regionOf(made)}:${made.account}:log-group:${id}`,
    inputs: {
      name: text({ ...replaced, maxLength: 512, pattern: /[\w./#-]+/ }),
      kmsKeyId: refers(KEY, ["arn"]),
      retentionInDays: number({ min: 0, max: 3653, default: 0 }),
      logGroupClass: text({
        replaces: true,
        values: ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"],
        default: "STANDARD",
      }),
    },
    unique: { property: "name", within: "account" },
    rules: [
      (made) => {
        const key = made.world.find([KEY], made.inputs.kmsKeyId);
        if (!key || String(key.inputs.policy).includes(`logs.${regionOf(made)}.amazonaws.com`)) return undefined;
        return "AccessDeniedException: The specified KMS Key Id could not be used by CloudWatch Logs; its policy does not allow it.";
      },
    ],
  }),
];

/** Identities, keys, secrets and log groups. */
export const securityTypes: readonly ResourceType[] = [...iamTypes, ...keyTypes, ...secretTypes, ...logTypes];
