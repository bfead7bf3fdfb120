import { assignmentName, ROLES, roleDefinitionId, subscriptionOf } from "../../../components/azure/roles";

const scope = "/subscriptions/s-1/resourceGroups/g";

test("an assignment's name is a UUID of its own scope, principal and role, alike in any spelling of the scope", () => {
  const name = assignmentName(scope, "p", "acrPull");
  expect(name).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(assignmentName(scope.toUpperCase(), "p", "acrPull")).toBe(name);
  const others = [
    assignmentName(`${scope}2`, "p", "acrPull"),
    assignmentName(scope, "q", "acrPull"),
    assignmentName(scope, "p", "keyVaultSecretsUser"),
  ];
  expect(new Set([name, ...others]).size).toBe(4);
});

test("no role that the platform gives is Owner, Contributor or User Access Administrator", () => {
  const wide = [
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    "b24988ac-6180-42a0-ab88-20f7382dd24c",
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
  ];
  expect(Object.values<string>(ROLES).filter((role) => wide.includes(role))).toEqual([]);
});

test("a role's id lies in the subscription of its scope", () => {
  expect(roleDefinitionId(subscriptionOf(scope), "acrPull")).toBe(
    "/subscriptions/s-1/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d",
  );
  expect(() => subscriptionOf("/tenants/t")).toThrow("The resource id /tenants/t names no subscription.");
});
