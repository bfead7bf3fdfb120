import type { ClusterTarget } from "../target";

/** A stanza of Vault's configuration: its name and arguments. */
export interface SealStanza {
  readonly type: "awskms" | "gcpckms" | "azurekeyvault";
  readonly arguments: Readonly<Record<string, string>>;
}

const GCP_KEY =
  /^projects\/(?<project>[^/]+)\/locations\/(?<region>[^/]+)\/keyRings\/(?<key_ring>[^/]+)\/cryptoKeys\/(?<crypto_key>[^/]+)$/;
const AZURE_KEY = /^https:\/\/(?<vault_name>[a-z0-9-]+)\.vault\.azure\.net\/keys\/(?<key_name>[^/]+)(?:\/[^/]+)?\/?$/i;

/**
 * How Vault unseals itself with a cloud's key. Credentials are the pod's cloud identity, so none are named.
 * @param keyId Key ARN, crypto key name or Key Vault key URL, as the foundation's `secrets.keyId`.
 * @throws {Error} when the key's id is not one of the cloud's.
 */
export function sealStanza(cloud: ClusterTarget["cloud"], region: string, keyId: string): SealStanza {
  switch (cloud) {
    case "aws":
      return { type: "awskms", arguments: { region, kms_key_id: keyId } };
    case "gcp":
      return { type: "gcpckms", arguments: partsOf(GCP_KEY, keyId, "projects/P/locations/L/keyRings/R/cryptoKeys/K") };
    case "azure":
      return { type: "azurekeyvault", arguments: partsOf(AZURE_KEY, keyId, "https://VAULT.vault.azure.net/keys/KEY") };
  }
}

function partsOf(pattern: RegExp, keyId: string, form: string): Record<string, string> {
  const groups = pattern.exec(keyId)?.groups;
  if (!groups) throw new Error(`Vault cannot unseal with the key "${keyId}"; its id must have the form ${form}.`);
  return { ...groups };
}
