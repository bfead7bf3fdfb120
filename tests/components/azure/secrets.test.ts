import { type AzureSecretsArgs, secretsProblems } from "../../../components/azure/secrets";
import { place } from "../../support/azureCloud";

const args: AzureSecretsArgs = {
  ...place(),
  network: { endpointSubnetId: "s", privateZones: {} as AzureSecretsArgs["network"]["privateZones"] },
  tenantId: "t",
};

test.each<[number, string[]]>([
  [90, []],
  [28, []],
  [7, ["rotationDays is 7; allowed are whole days from 28 to 365."]],
  [400, ["rotationDays is 400; allowed are whole days from 28 to 365."]],
])("keys that rotate every %d days have the problems %j", (rotationDays, texts) => {
  expect(secretsProblems({ ...args, rotationDays }).map(({ path, reason }) => `${path} ${reason}`)).toEqual(texts);
});
