import { AzureWorld } from "../../../support/azureCloud";

const GROUP = "/subscriptions/00000000-0000-4000-8000-00000000aaaa/resourceGroups/tideline-test";
const PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";

function start() {
  const world = new AzureWorld();
  const identity = world.create("managedidentity:UserAssignedIdentity", { resourceName: "serving" });
  const grant = (rest: object = {}, role = PULL, index = 1) =>
    world.create("authorization:RoleAssignment", {
      roleAssignmentName: `00000000-0000-4000-8000-00000000000${index}`,
      scope: GROUP,
      principalId: identity.principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId: `/subscriptions/00000000-0000-4000-8000-00000000aaaa/providers/Microsoft.Authorization/roleDefinitions/${role}`,
      ...rest,
    });
  return { world, identity, grant };
}

test("a role is given once, on something that is there, to somebody who is", () => {
  const { grant } = start();
  const first = grant();
  expect(() => grant({}, PULL, 2)).toThrow(
    `RoleAssignmentExists: The role assignment already exists. The ID of the existing one is ${first.id}.`,
  );
  expect(() => grant({ scope: `${GROUP}/providers/Foo/bars/b` })).toThrow("ResourceNotFound: The resource");
  expect(() => grant({ principalId: "00000000-0000-4000-8000-0000000000ff" })).toThrow("ResourceNotFound: principalId");
});

test.each(["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "b24988ac-6180-42a0-ab88-20f7382dd24c"])(
  "the role %s over everything is refused",
  (role) => {
    expect(() => start().grant({}, role)).toThrow("RoleAssignmentDisallowedByPolicy");
  },
);

test("a new identity is waited for", () => {
  const { world, grant } = start();
  grant();
  expect(world.waited).toBeGreaterThan(0);
});

test("an identity trusts one issuer and subject once", () => {
  const { world } = start();
  const trust = (name: string) =>
    world.create("managedidentity:FederatedIdentityCredential", {
      federatedIdentityCredentialResourceName: name,
      resourceName: "serving",
      issuer: "https://issuer.example/",
      subject: "system:serviceaccount:a:b",
      audiences: ["api://AzureADTokenExchange"],
    });
  trust("one");
  expect(() => trust("two")).toThrow("Conflict: Issuer and subject combination already exists");
});
