import { sealStanza } from "../../../../components/kubernetes/vault/seal";

test("each cloud's key becomes its own stanza, without any credentials", () => {
  expect(sealStanza("aws", "eu-west-1", "arn:aws:kms:eu-west-1:1:key/k")).toEqual({
    type: "awskms",
    arguments: { region: "eu-west-1", kms_key_id: "arn:aws:kms:eu-west-1:1:key/k" },
  });
  expect(sealStanza("gcp", "us-east1", "projects/p/locations/us/keyRings/r/cryptoKeys/vault")).toEqual({
    type: "gcpckms",
    arguments: { project: "p", region: "us", key_ring: "r", crypto_key: "vault" },
  });
  const azure = { type: "azurekeyvault", arguments: { vault_name: "tl-prod", key_name: "vault" } };
  expect(sealStanza("azure", "westeurope", "https://tl-prod.vault.azure.net/keys/vault")).toEqual(azure);
  expect(sealStanza("azure", "westeurope", "https://tl-prod.vault.azure.net/keys/vault/0123")).toEqual(azure);
});

test("a key of another cloud is refused with the form that is expected", () => {
  expect(() => sealStanza("gcp", "us", "arn:aws:kms:x")).toThrow(
    'Vault cannot unseal with the key "arn:aws:kms:x"; its id must have the form projects/P/locations/L/keyRings/R/cryptoKeys/K.',
  );
  expect(() => sealStanza("azure", "us", "vault")).toThrow(
    'Vault cannot unseal with the key "vault"; its id must have the form https://VAULT.vault.azure.net/keys/KEY.',
  );
});
