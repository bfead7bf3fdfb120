import { AzureWorld } from "../../../support/azureCloud";

const SUBSCRIPTION = "00000000-0000-4000-8000-00000000aaaa";

function start({ purgeProtected = true, granted = true } = {}) {
  const world = new AzureWorld();
  const identity = world.create("managedidentity:UserAssignedIdentity", { resourceName: "encryption" });
  const vault = world.create("keyvault:Vault", {
    vaultName: "vault-1",
    properties: {
      tenantId: "11111111-2222-4333-8444-555555555555",
      sku: { family: "A", name: "standard" },
      enablePurgeProtection: purgeProtected,
    },
  });
  world.create("keyvault:Key", { keyName: "objects", vaultName: "vault-1", properties: { kty: "RSA" } });
  if (granted) {
    world.create("authorization:RoleAssignment", {
      roleAssignmentName: "00000000-0000-4000-8000-000000000001",
      scope: vault.id,
      principalId: identity.principalId,
      roleDefinitionId: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/e147488a-f6f5-4113-8e2d-b22465e65bf6`,
    });
  }
  const account = (changes: object = {}) => ({
    accountName: "objects1",
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
    encryption: {
      keySource: "Microsoft.Keyvault",
      keyVaultProperties: { keyName: "objects", keyVaultUri: "https://vault-1.vault.azure.net/" },
      encryptionIdentity: { encryptionUserAssignedIdentity: identity.id },
    },
    ...changes,
  });
  return { world, account };
}

test("own keys need a vault that cannot be purged, and an identity that may use them", () => {
  const { world, account } = start();
  expect(world.create("storage:StorageAccount", account()).primaryEndpoints).toEqual({
    blob: "https://objects1.blob.core.windows.net/",
  });
  const loose = start({ purgeProtected: false });
  expect(() => loose.world.create("storage:StorageAccount", loose.account())).toThrow(
    "KeyVaultPolicyNotRecoverable: Key vault vault-1 must have soft delete and purge protection.",
  );
  const denied = start({ granted: false });
  expect(() => denied.world.create("storage:StorageAccount", denied.account())).toThrow(
    "KeyVaultAuthenticationFailure",
  );
});

test("replication changes in place, but not to zones", () => {
  const { world, account } = start();
  const { id } = world.create("storage:StorageAccount", account());
  world.update("storage:StorageAccount", id, account({ sku: { name: "Standard_GRS" } }));
  expect(() => world.update("storage:StorageAccount", id, account({ sku: { name: "Standard_ZRS" } }))).toThrow(
    "StorageAccountSkuConversionNotAllowed: Changing the account's replication from Standard_GRS to Standard_ZRS needs a conversion.",
  );
});

test("a container is public only where the account allows it", () => {
  const { world, account } = start();
  world.create("storage:StorageAccount", account({ allowBlobPublicAccess: false }));
  const container = (publicAccess: string) =>
    world.create("storage:BlobContainer", { containerName: "models", accountName: "objects1", publicAccess });
  expect(() => container("Blob")).toThrow("PublicAccessNotPermitted");
  expect(container("None").id).toMatch(/\/storageAccounts\/objects1\/blobServices\/default\/containers\/models$/);
});

test.each(["Objects1", "ob", "objects-1", "a".repeat(25)])("the account name %s is refused", (accountName) => {
  const { world, account } = start();
  expect(() => world.create("storage:StorageAccount", account({ accountName }))).toThrow("accountName: found");
});

test("names of accounts are unique in the world", () => {
  const { world, account } = start();
  world.create("storage:StorageAccount", account());
  expect(() => world.create("storage:StorageAccount", account())).toThrow(
    "StorageAccountAlreadyTaken: The name or resource 'objects1' is already taken.",
  );
});
