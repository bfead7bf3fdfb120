import { GcpWorld, PROJECT } from "../../../support/gcpCloud";

const grant = (world: GcpWorld, member: string, role = "roles/cloudsql.client") =>
  world.create("gcp:projects/iAMMember:IAMMember", { role, member });

test("IAM grants to accounts that exist, and to Google's own", () => {
  const world = new GcpWorld();
  const account = world.create("gcp:serviceaccount/account:Account", { accountId: "serving" });
  expect(account.email).toBe(`serving@${PROJECT}.iam.gserviceaccount.com`);
  grant(world, String(account.member));
  grant(world, "serviceAccount:service-123456789012@container-engine-robot.iam.gserviceaccount.com");
  grant(world, `serviceAccount:${PROJECT}.svc.id.goog[ml-platform/serving]`);
  expect(() => grant(world, `serviceAccount:nobody@${PROJECT}.iam.gserviceaccount.com`)).toThrow(
    `googleapi: Error 400: Service account nobody@${PROJECT}.iam.gserviceaccount.com does not exist., badRequest`,
  );
});

test("nothing is granted to everybody, nor twice", () => {
  const world = new GcpWorld();
  expect(() => grant(world, "allUsers")).toThrow(
    "googleapi: Error 412: One or more users named in the policy do not belong to a permitted customer: allUsers., conditionNotMet",
  );
  grant(world, "user:someone@example.com");
  expect(() => grant(world, "user:someone@example.com")).toThrow("googleapi: Error 409");
  expect(() => grant(world, "user:someone@example.com", "editor")).toThrow(
    'role: found "editor", which does not match',
  );
});

test("a new account is waited for by what refers to it", () => {
  const world = new GcpWorld();
  const account = world.create("gcp:serviceaccount/account:Account", { accountId: "serving" });
  world.create("gcp:serviceaccount/iAMMember:IAMMember", {
    project: undefined,
    serviceAccountId: account.name,
    role: "roles/iam.workloadIdentityUser",
    member: `serviceAccount:${PROJECT}.svc.id.goog[ml-platform/serving]`,
  });
  expect(world.waited).toBeGreaterThan(0);
});

test.each(["api", "API-Account", "a".repeat(31)])("%s is no account id", (accountId) => {
  expect(() => new GcpWorld().create("gcp:serviceaccount/account:Account", { accountId })).toThrow("accountId: found");
});
