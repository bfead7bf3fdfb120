import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { Identity } from "../contract";
import { createManagedIdentity } from "./managedIdentity";
import type { AzurePlace } from "./place";
import { grantRole, type Role } from "./roles";

/** What an identity may do with a container's objects. */
export type ContainerAccess = "read" | "readWrite";

export interface AzureIdentityArgs extends AzurePlace {
  /** Kubernetes namespace and service account that take the identity on. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Issuer of the cluster's tokens. */
  readonly oidcIssuerUrl: pulumi.Input<string>;
  /** Blob containers, by a name that is known while planning. @default none */
  readonly containers?: Readonly<
    Record<string, { readonly containerId: pulumi.Input<string>; readonly access: ContainerAccess }>
  >;
  /** Ids of secrets that it may read, by a name that is known while planning. @default none */
  readonly secrets?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Ids of vaults whose keys it may use, by a name that is known while planning. @default none */
  readonly keyVaults?: Readonly<Record<string, pulumi.Input<string>>>;
}

const CONTAINER_ROLES: Readonly<Record<ContainerAccess, Role>> = {
  read: "storageBlobDataReader",
  readWrite: "storageBlobDataContributor",
};

/** A managed identity that the pods of one Kubernetes service account act as, without any key. */
export class AzureIdentity extends pulumi.ComponentResource implements Identity {
  /** Client id. */
  readonly principal: pulumi.Output<string>;
  /** Pods must carry the label azure.workload.identity/use: "true" besides. */
  readonly serviceAccountAnnotations: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: AzureIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AzureIdentity", name, identityProblems(args));
    super("tideline:azure:Identity", name, {}, opts);
    const { resourceGroupName, namespace, serviceAccount, oidcIssuerUrl } = args;
    const identity = createManagedIdentity(this, name, args);
    new managedidentity.FederatedIdentityCredential(
      `${name}-workload`,
      {
        federatedIdentityCredentialResourceName: "kubernetes",
        resourceName: identity.name,
        resourceGroupName,
        issuer: oidcIssuerUrl,
        subject: `system:serviceaccount:${namespace}:${serviceAccount}`,
        audiences: ["api://AzureADTokenExchange"],
      },
      { parent: this },
    );
    const { principalId } = identity;
    for (const [part, { containerId, access }] of Object.entries(args.containers ?? {})) {
      grantRole(this, `${name}-${part}`, { scope: containerId, principalId, role: CONTAINER_ROLES[access] });
    }
    for (const [part, scope] of Object.entries(args.secrets ?? {})) {
      grantRole(this, `${name}-${part}`, { scope, principalId, role: "keyVaultSecretsUser" });
    }
    for (const [part, scope] of Object.entries(args.keyVaults ?? {})) {
      grantRole(this, `${name}-${part}`, { scope, principalId, role: "keyVaultCryptoUser" });
    }
    this.principal = identity.clientId;
    this.serviceAccountAnnotations = identity.clientId.apply(
      (clientId): Record<string, string> => ({ "azure.workload.identity/client-id": clientId }),
    );
    this.registerOutputs({
      principal: this.principal,
      serviceAccountAnnotations: this.serviceAccountAnnotations,
    });
  }
}

/** All that is wrong with the arguments. */
export function identityProblems(args: AzureIdentityArgs): readonly ArgumentProblem[] {
  const { namespace, serviceAccount } = args;
  return [
    ...problemIf(
      !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace),
      "namespace",
      `is "${namespace}"; give one Kubernetes namespace, without wildcard.`,
    ),
    ...problemIf(
      !/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(serviceAccount),
      "serviceAccount",
      `is "${serviceAccount}"; give one Kubernetes service account, without wildcard.`,
    ),
  ];
}
