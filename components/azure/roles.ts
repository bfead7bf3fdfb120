import { createHash } from "node:crypto";
import * as authorization from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";

/** Built-in roles that the platform gives, by the id that they have everywhere. Source: Azure, "Azure built-in roles". */
export const ROLES = {
  acrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  networkContributor: "4d97b98b-1d4f-4787-a291-c67834d212e7",
  managedIdentityOperator: "f1a07417-d97a-45cb-824c-7a7467783830",
  keyVaultContributor: "f25e0fa2-a7c8-4377-a976-54943a77a395",
  keyVaultCryptoUser: "12338af0-0e69-4776-bea7-57ae8d297424",
  keyVaultCryptoServiceEncryptionUser: "e147488a-f6f5-4113-8e2d-b22465e65bf6",
  keyVaultSecretsUser: "4633458b-17de-408a-b874-0445c86b69e6",
  storageBlobDataReader: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
  storageBlobDataContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
} as const;
export type Role = keyof typeof ROLES;

export interface RoleGrant {
  /** Id of the resource that the role holds for, and all below it. */
  readonly scope: pulumi.Input<string>;
  /** Object id of the managed identity. */
  readonly principalId: pulumi.Input<string>;
  readonly role: Role;
}

/** Gives a managed identity a role on one resource. */
export function grantRole(parent: pulumi.Resource, name: string, { scope, principalId, role }: RoleGrant) {
  return new authorization.RoleAssignment(
    name,
    {
      roleAssignmentName: pulumi.all([scope, principalId]).apply(([where, who]) => assignmentName(where, who, role)),
      scope,
      principalId,
      // Said outright, so that Azure does not look up an identity which it may not know everywhere yet.
      principalType: "ServicePrincipal",
      roleDefinitionId: pulumi.output(scope).apply((where) => roleDefinitionId(subscriptionOf(where), role)),
    },
    { parent },
  );
}

/**
 * Name of an assignment: a UUID of its own scope, principal and role. Azure never changes one, so another principal must
 * have another name; and the same grant, made again after an answer was lost, is found rather than doubled.
 */
export function assignmentName(scope: string, principalId: string, role: Role): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([scope.toLowerCase(), principalId, ROLES[role]]))
    .digest("hex");
  // RFC 9562: version 8 is for such names; the variant's bits are 10.
  const variant = (8 + (Number.parseInt(digest.slice(16, 17), 16) % 4)).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join("-");
}

/** Id of a built-in role within a subscription. */
export function roleDefinitionId(subscription: string, role: Role): string {
  return `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${ROLES[role]}`;
}

/** @throws {Error} for an id that lies in no subscription. */
export function subscriptionOf(resourceId: string): string {
  const subscription = /^\/subscriptions\/([^/]+)/i.exec(resourceId)?.[1];
  if (subscription === undefined) throw new Error(`The resource id ${resourceId} names no subscription.`);
  return subscription;
}
