import { version } from "@pulumi/aws/package.json";
import { byToken, type Catalogue, type ProviderConfig } from "../catalogue";
import { awsFunctions, awsTypes } from ".";

/** The account that a rehearsal works in when the provider's configuration names none. */
const ACCOUNT = "123456789012";

/** The simulated AWS. */
export const awsCatalogue: Catalogue = {
  package: "aws",
  version,
  typeOf: byToken(awsTypes),
  functions: awsFunctions,
  locate: (config) => ({ account: accountOf(config), region: regionIn(config) }),
  defaultTags: {
    input: "tags",
    merged: "tagsAll",
    of: ({ defaultTags }) => (defaultTags as { tags?: Record<string, unknown> } | undefined)?.tags ?? {},
  },
  refusals: {
    inUse: (target, by) =>
      `${target.token.startsWith("aws:eks/") ? "ResourceInUseException" : "DependencyViolation"}: resource ${target.id} has a dependent object (${by.token} ${by.id}).`,
    exists: (token, value) => `${existsCode(token)}: ${value} already exists.`,
    missing: (path, value) => `ResourceNotFound: ${path} names "${value}", which does not exist.`,
    protectedFromDeletion: (target, property) =>
      `InvalidRequestException: ${target.id} cannot be deleted while ${property} is on; turn it off first.`,
  },
};

function regionIn({ region }: ProviderConfig): string {
  if (typeof region === "string" && /^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return region;
  throw new Error(`Missing or invalid region configuration (found ${JSON.stringify(region)}); set aws:region.`);
}

/** Account of the role to assume, else the only allowed one, else the rehearsal's. */
function accountOf({ assumeRoles, allowedAccountIds }: ProviderConfig): string {
  const [role] = Array.isArray(assumeRoles) ? (assumeRoles as { roleArn?: string }[]) : [];
  const [allowed] = Array.isArray(allowedAccountIds) ? (allowedAccountIds as string[]) : [];
  return /^arn:aws:iam::(\d{12}):role\//.exec(role?.roleArn ?? "")?.[1] ?? allowed ?? ACCOUNT;
}

/** How each service says that a name is taken. */
function existsCode(token: string): string {
  const service = token.split(":")[1]?.split("/")[0] ?? "";
  const codes: Readonly<Record<string, string>> = {
    iam: "EntityAlreadyExists",
    s3: "BucketAlreadyExists",
    eks: "ResourceInUseException",
    rds: "AlreadyExists",
    kms: "AlreadyExistsException",
    elasticache: "AlreadyExists",
    secretsmanager: "ResourceExistsException",
    ecr: "RepositoryAlreadyExistsException",
    cloudwatch: "ResourceAlreadyExistsException",
    ec2: "AlreadyExists",
  };
  return codes[service] ?? "ResourceExistsException";
}
