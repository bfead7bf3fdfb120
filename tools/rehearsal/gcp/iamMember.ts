import type { InputRule, ResourceType, Rule } from "../resourceType";
import { fixed, flag, gcpType, input, others, text } from "./gcpType";

export const ACCOUNT = "gcp:serviceaccount/account:Account";

const MEMBER = /(serviceAccount|user|group|domain):[^\s]+|allUsers|allAuthenticatedUsers/;

/** Addresses that Google itself makes for its services in every project. */
const GOOGLES_OWN =
  /^serviceAccount:(service-\d+@[a-z0-9.-]+\.iam|bq-\d+@bigquery-encryption\.iam)\.gserviceaccount\.com$/;

/** IAM knows the accounts of the project; it refuses a grant to one that is not there. */
const memberExists: Rule = (made) => {
  const member = input(made, "member");
  if (!member.startsWith("serviceAccount:") || GOOGLES_OWN.test(member) || member.includes(".svc.id.goog["))
    return undefined;
  const email = member.slice("serviceAccount:".length);
  const known = others(made, undefined, ACCOUNT).some(({ outputs }) => outputs.email === email);
  return known ? undefined : `googleapi: Error 400: Service account ${email} does not exist., badRequest`;
};

/** Google's answer to a grant to everybody where public access prevention or the organisation forbids it. */
const notPublic: Rule = (made) =>
  /^all(Authenticated)?Users$/.test(input(made, "member"))
    ? `googleapi: Error 412: One or more users named in the policy do not belong to a permitted customer: ${input(made, "member")}., conditionNotMet`
    : undefined;

/** Targets whose name alone does not say the project. */
const WITH_PROJECT = ["topic", "secretId"];

/** Grants of one role on one resource to one member; they go with what they are about. */
export function iamMember(token: string, property: string, target: InputRule, api?: string): ResourceType {
  return gcpType({
    token,
    ...(api ? { api } : {}),
    ...(WITH_PROJECT.includes(property) ? {} : { projectless: true as const }),
    inputs: {
      [property]: target,
      role: text({
        required: true,
        replaces: true,
        pattern: /(roles|projects\/[^/]+\/roles|organizations\/\d+\/roles)\/[\w.]+/,
      }),
      member: text({ required: true, replaces: true, pattern: MEMBER }),
    },
    rules: [memberExists, notPublic],
    id: (made) => `${input(made, property)}/${input(made, "role")}/${input(made, "member")}`,
    outputs: (made) => ({ etag: `etag${made.sequence}` }),
  });
}

/** Service accounts; they can be deleted whatever still names them. Source: IAM API v1. */
export const accountType: ResourceType = gcpType({
  token: ACCOUNT,
  api: "iam",
  inputs: {
    accountId: text({ required: true, replaces: true, pattern: /[a-z][a-z0-9-]{4,28}[a-z0-9]/ }),
    displayName: text({ maxLength: 100 }),
    description: text({ maxLength: 256 }),
    disabled: flag(),
    createIgnoreAlreadyExists: fixed(flag()),
  },
  quota: { most: 100, code: "googleapi: Error 429: Maximum number of service accounts on project reached" },
  // A new account is not known everywhere at once.
  usableAfterSeconds: 10,
  deletableWhileReferenced: true,
  id: (made) => `projects/${input(made, "project") || made.account}/serviceAccounts/${address(made)}`,
  outputs: (made, id) => ({
    name: id,
    email: address(made),
    member: `serviceAccount:${address(made)}`,
    uniqueId: `1${String(made.sequence).padStart(20, "0")}`,
  }),
});

function address(made: Parameters<typeof input>[0]): string {
  return `${input(made, "accountId")}@${input(made, "project") || made.account}.iam.gserviceaccount.com`;
}
