import { type AzureObjectStoreArgs, objectStoreProblems } from "../../../components/azure/objectStore";
import { place } from "../../support/azureCloud";

const args: AzureObjectStoreArgs = {
  ...place(),
  network: { endpointSubnetId: "s", privateZones: {} as AzureObjectStoreArgs["network"]["privateZones"] },
  encryption: { keyName: "k", vaultUrl: "u", identityId: "i" },
};

test.each<[Partial<AzureObjectStoreArgs>, string[]]>([
  [{}, []],
  [{ coldAfterDays: 0 }, ["coldAfterDays is 0; allowed are whole days from 1."]],
  [{ deletedRetentionDays: 400 }, ["deletedRetentionDays is 400; allowed are whole days from 1 to 365."]],
])("an object store with %j has the problems %j", (changes, texts) => {
  expect(objectStoreProblems({ ...args, ...changes }).map(({ path, reason }) => `${path} ${reason}`)).toEqual(texts);
});
