import { AzureWorld } from "../../../support/azureCloud";

const properties = {
  tenantId: "11111111-2222-4333-8444-555555555555",
  sku: { family: "A", name: "standard" },
  enablePurgeProtection: true,
  softDeleteRetentionInDays: 7,
};
const inputs = (changes: object = {}) => ({ vaultName: "vault-1", properties: { ...properties, ...changes } });

test("purge protection and retention are settled for ever", () => {
  const world = new AzureWorld();
  const { id } = world.create("keyvault:Vault", inputs());
  expect(() => world.update("keyvault:Vault", id, inputs({ enablePurgeProtection: false }))).toThrow(
    "Enabling the purge protection for a vault is an irreversible action.",
  );
  expect(() => world.update("keyvault:Vault", id, inputs({ softDeleteRetentionInDays: 90 }))).toThrow(
    "BadRequest: The property 'softDeleteRetentionInDays' has been set already and it can't be modified.",
  );
});

test("keys and secrets go with their vault", () => {
  const world = new AzureWorld();
  const { id } = world.create("keyvault:Vault", inputs());
  const before = world.size;
  const key = world.create("keyvault:Key", { keyName: "k", vaultName: "vault-1", properties: { kty: "RSA" } });
  world.create("keyvault:Secret", { secretName: "s", vaultName: "vault-1", properties: { value: "v" } });
  expect(key.keyUriWithVersion).toMatch(/^https:\/\/vault-1\.vault\.azure\.net\/keys\/k\/[0-9a-f]{32}$/);
  world.delete("keyvault:Vault", id);
  expect(world.size).toBe(before - 1);
});

test("keys in hardware need a vault of sku premium", () => {
  const world = new AzureWorld();
  world.create("keyvault:Vault", inputs());
  expect(() =>
    world.create("keyvault:Key", { keyName: "k", vaultName: "vault-1", properties: { kty: "RSA-HSM" } }),
  ).toThrow("BadRequest: Key type RSA-HSM needs a vault of sku premium; vault-1 is standard.");
});

test.each(["1vault", "va--ult", "v", "a-vault-name-that-is-too-long"])("the name %s is refused", (vaultName) => {
  expect(() => new AzureWorld().create("keyvault:Vault", { ...inputs(), vaultName })).toThrow("vaultName: found");
});
