import { AzureIdentity, type AzureIdentityArgs, identityProblems } from "../../../components/azure/identity";
import { place, recordAzure } from "../../support/azureCloud";
import { unwrap } from "../../support/pulumiMocks";

const args: AzureIdentityArgs = {
  ...place(),
  namespace: "ml-platform",
  serviceAccount: "serving",
  oidcIssuerUrl: "https://issuer.example/",
};

test("one service account takes the identity on, by token and without key", async () => {
  const recording = await recordAzure(() => new AzureIdentity("serving", args));
  expect(recording.one("azure-native:managedidentity:FederatedIdentityCredential").inputs).toMatchObject({
    issuer: "https://issuer.example/",
    subject: "system:serviceaccount:ml-platform:serving",
    audiences: ["api://AzureADTokenExchange"],
  });
  expect(recording.ofType("azure-native:authorization:RoleAssignment")).toEqual([]);
  const principal = await unwrap(recording.result.principal);
  expect(await unwrap(recording.result.serviceAccountAnnotations)).toEqual({
    "azure.workload.identity/client-id": principal,
  });
});

test.each<[Partial<AzureIdentityArgs>, string[]]>([
  [{}, []],
  [{ namespace: "*" }, ['namespace is "*"; give one Kubernetes namespace, without wildcard.']],
  [{ serviceAccount: "*" }, ['serviceAccount is "*"; give one Kubernetes service account, without wildcard.']],
])("an identity for %j has the problems %j", (changes, texts) => {
  expect(identityProblems({ ...args, ...changes }).map(({ path, reason }) => `${path} ${reason}`)).toEqual(texts);
});
