/** What a token may do below a path. Source: Vault, "Policies". */
export interface PathRule {
  /** As Vault matches it: `*` at the end for all below, `+` for one segment. */
  readonly path: string;
  readonly capabilities: readonly ("create" | "read" | "update" | "patch" | "delete" | "list" | "deny" | "sudo")[];
}

/** Where the engines are mounted. */
export const MOUNTS = {
  secrets: "secret",
  database: "database",
  pki: "pki",
  transit: "transit",
  aws: "aws",
} as const;

/** Name of the transit key that workloads encrypt with. */
export const TRANSIT_KEY = "tideline";

/** By workload, as its Kubernetes role is called: all that its token may do. */
export const VAULT_POLICIES: Readonly<Record<string, readonly PathRule[]>> = {
  serving: [
    ...ownSecrets("serving"),
    { path: `${MOUNTS.transit}/encrypt/${TRANSIT_KEY}`, capabilities: ["update"] },
    { path: `${MOUNTS.pki}/issue/internal`, capabilities: ["update"] },
  ],
  drift: [...ownSecrets("drift"), { path: `${MOUNTS.database}/creds/readwrite`, capabilities: ["read"] }],
  training: [
    ...ownSecrets("training"),
    { path: `${MOUNTS.database}/creds/readonly`, capabilities: ["read"] },
    { path: `${MOUNTS.transit}/encrypt/${TRANSIT_KEY}`, capabilities: ["update"] },
    { path: `${MOUNTS.transit}/decrypt/${TRANSIT_KEY}`, capabilities: ["update"] },
    { path: `${MOUNTS.aws}/sts/training`, capabilities: ["update"] },
  ],
  mlflow: [...ownSecrets("mlflow"), { path: `${MOUNTS.database}/creds/readwrite`, capabilities: ["read"] }],
  "vault-backup": [{ path: "sys/storage/raft/snapshot", capabilities: ["read"] }],
};

function ownSecrets(workload: string): readonly PathRule[] {
  return [
    { path: `${MOUNTS.secrets}/data/${workload}/*`, capabilities: ["read"] },
    { path: `${MOUNTS.secrets}/metadata/${workload}/*`, capabilities: ["read", "list"] },
  ];
}

/** A policy as Vault reads it. */
export function policyText(rules: readonly PathRule[]): string {
  return rules
    .map(({ path, capabilities }) => `path "${path}" {\n  capabilities = ${JSON.stringify(capabilities)}\n}\n`)
    .join("\n");
}
