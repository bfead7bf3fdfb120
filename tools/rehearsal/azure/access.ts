import type { Made, ResourceType, Rule } from "../resourceType";
import { azureType, fixed, input, list, others, refers, TENANT, text, UUID, uuid } from "./azureType";

export const IDENTITY = "azure-native:managedidentity:UserAssignedIdentity";
export const ROLE_ASSIGNMENT = "azure-native:authorization:RoleAssignment";

/** Roles over everything; nothing that runs by itself needs one. */
const TOO_WIDE = [
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  "b24988ac-6180-42a0-ab88-20f7382dd24c",
  "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
];

const scopeExists: Rule = (made) => {
  const scope = input(made, "scope");
  if (/^\/subscriptions\/[^/]+$/.test(scope) || made.world.resources.some(({ id }) => id === scope)) return undefined;
  return `ResourceNotFound: The resource '${scope}' that the role assignment is for was not found.`;
};

const once: Rule = (made, current) => {
  const same = ["scope", "principalId", "roleDefinitionId"];
  const twin = others(made, current, ROLE_ASSIGNMENT).find(({ inputs }) =>
    same.every((property) => inputs[property] === made.inputs[property]),
  );
  return twin && `RoleAssignmentExists: The role assignment already exists. The ID of the existing one is ${twin.id}.`;
};

const narrow: Rule = (made) => {
  const role = input(made, "roleDefinitionId").split("/").at(-1) ?? "";
  return TOO_WIDE.includes(role)
    ? `RoleAssignmentDisallowedByPolicy: Role ${role} (Owner, Contributor or User Access Administrator) may not be given to ${input(made, "principalId")}.`
    : undefined;
};

/** One identity trusts an issuer and subject once, and is changed one credential at a time. */
const oneSubject: Rule = (made, current) => {
  const twin = others(made, current, FEDERATED_CREDENTIAL).find(({ inputs }) =>
    ["resourceName", "issuer", "subject"].every((property) => inputs[property] === made.inputs[property]),
  );
  return (
    twin &&
    `Conflict: Issuer and subject combination already exists for this managed identity: ${input(made, "subject")} in ${twin.id}.`
  );
};

const FEDERATED_CREDENTIAL = "azure-native:managedidentity:FederatedIdentityCredential";

function scopedId(kind: string, name: string) {
  return (made: Made) => `${input(made, "scope")}/providers/Microsoft.Authorization/${kind}/${input(made, name)}`;
}

/** Identities, what they may, and locks. Sources: Azure REST API, Microsoft.ManagedIdentity and Authorization. */
export const accessTypes: readonly ResourceType[] = [
  azureType({
    token: IDENTITY,
    kind: "Microsoft.ManagedIdentity/userAssignedIdentities",
    name: "resourceName",
    inputs: { resourceName: text({ pattern: /[A-Za-z0-9][\w-]{2,127}/ }) },
    // A new identity is not known everywhere at once.
    usableAfterSeconds: 10,
    outputs: (made) => ({ principalId: uuid(made, 1), clientId: uuid(made, 2), tenantId: TENANT }),
  }),
  azureType({
    token: FEDERATED_CREDENTIAL,
    kind: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
    name: "federatedIdentityCredentialResourceName",
    parent: { input: "resourceName", type: IDENTITY },
    withoutLocation: true,
    withoutTags: true,
    inputs: {
      federatedIdentityCredentialResourceName: text({ pattern: /[A-Za-z0-9][\w-]{2,119}/ }),
      issuer: text({ required: true, pattern: /https:\/\/.+/ }),
      subject: text({ required: true }),
      audiences: list(text(), { required: true, min: 1, max: 1 }),
    },
    rules: [oneSubject],
    quota: {
      most: 20,
      per: "resourceName",
      code: "TooManyFederatedIdentityCredentials: Federated identity credentials",
    },
  }),
  {
    token: ROLE_ASSIGNMENT,
    inputs: {
      roleAssignmentName: text({ required: true, replaces: true, pattern: UUID }),
      scope: text({ required: true, replaces: true, pattern: /\/subscriptions\/.+/ }),
      principalId: refers(IDENTITY, ["principalId"], { required: true, replaces: true }),
      principalType: fixed(text({ values: ["ServicePrincipal", "User", "Group"] })),
      roleDefinitionId: text({
        required: true,
        replaces: true,
        pattern: new RegExp(`/subscriptions/[^/]+/providers/Microsoft\\.Authorization/roleDefinitions/${UUID.source}`),
      }),
    },
    rules: [scopeExists, once, narrow],
    quota: { most: 4000, code: "RoleAssignmentLimitExceeded: Role assignments of the subscription" },
    id: scopedId("roleAssignments", "roleAssignmentName"),
    outputs: (made) => ({ name: input(made, "roleAssignmentName"), type: "Microsoft.Authorization/roleAssignments" }),
  },
  {
    token: "azure-native:authorization:ManagementLockByScope",
    inputs: {
      lockName: text({ required: true, replaces: true, pattern: /[\w.-]{1,90}/ }),
      scope: text({ required: true, replaces: true, pattern: /\/subscriptions\/.+/ }),
      level: text({ required: true, values: ["CanNotDelete", "ReadOnly", "NotSpecified"] }),
      notes: text({ maxLength: 512 }),
    },
    rules: [scopeExists],
    id: scopedId("locks", "lockName"),
    outputs: (made) => ({ name: input(made, "lockName"), type: "Microsoft.Authorization/locks" }),
  },
];
