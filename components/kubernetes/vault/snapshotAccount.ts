import { VAULT } from "../namespaces";

/** Service account that may take snapshots of Vault, and write them to the object store. */
export const SNAPSHOT_ACCOUNT = { namespace: VAULT, account: "vault-backup" } as const;
