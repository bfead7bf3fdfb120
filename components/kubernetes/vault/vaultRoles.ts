import type * as pulumi from "@pulumi/pulumi";
import * as vault from "@pulumi/vault";
import { SERVICE_ACCOUNTS } from "../serviceAccounts";
import { policyText, VAULT_POLICIES } from "./policies";
import { SNAPSHOT_ACCOUNT } from "./snapshotAccount";

/** A policy for each workload and the role with which its service account gets tokens of it. */
export function createVaultRoles(
  name: string,
  options: pulumi.CustomResourceOptions,
): Record<string, vault.kubernetes.AuthBackendRole> {
  const backend = new vault.AuthBackend(
    `${name}-kubernetes`,
    { type: "kubernetes", path: "kubernetes", description: "Service accounts of this cluster" },
    options,
  );
  const config = new vault.kubernetes.AuthBackendConfig(
    `${name}-kubernetes-settings`,
    // Vault's own account reviews the tokens, so none is kept here that would have to be renewed.
    { backend: backend.path, kubernetesHost: "https://kubernetes.default.svc:443", disableIssValidation: true },
    options,
  );
  return Object.fromEntries(
    Object.entries(VAULT_POLICIES).map(([workload, rules]) => {
      const policy = new vault.Policy(
        `${name}-${workload}-policy`,
        { name: workload, policy: policyText(rules) },
        options,
      );
      const { namespace, account } = accountOf(workload);
      const role = new vault.kubernetes.AuthBackendRole(
        `${name}-${workload}-role`,
        {
          backend: config.backend.apply((path) => path ?? "kubernetes"),
          roleName: workload,
          boundServiceAccountNames: [account],
          boundServiceAccountNamespaces: [namespace],
          audience: "vault",
          tokenPolicies: [policy.name],
          tokenNoDefaultPolicy: false,
          tokenTtl: 3600,
          tokenMaxTtl: 86_400,
        },
        options,
      );
      return [workload, role];
    }),
  );
}

function accountOf(workload: string): { readonly namespace: string; readonly account: string } {
  const found = { ...SERVICE_ACCOUNTS, [SNAPSHOT_ACCOUNT.account]: SNAPSHOT_ACCOUNT }[workload];
  if (!found) throw new Error(`${workload} has a Vault policy but no service account; add it to SERVICE_ACCOUNTS.`);
  return found;
}
