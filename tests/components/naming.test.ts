import { assert, constantFrom, property, record, string } from "fast-check";
import { NAME_LIMITS, type NameLimit, physicalName } from "../../components/naming";

describe("physicalName", () => {
  test.each([
    [{ stack: "prod", component: "network" }, NAME_LIMITS.awsSecurityGroup, "tideline-prod-network"],
    [{ stack: "prod", component: "cluster", part: "node" }, NAME_LIMITS.awsIamRole, "tideline-prod-cluster-node"],
    [
      { stack: "prod", component: "objects", part: "models", suffix: "123456789012" },
      NAME_LIMITS.awsBucket,
      "tideline-prod-objects-models-123456789012",
    ],
    [{ stack: "dev", component: "features" }, NAME_LIMITS.gcpDataset, "tideline_dev_features"],
    [{ stack: "prod", component: "objects" }, NAME_LIMITS.azureStorageAccount, "tidelineprodobje"],
    [{ stack: "prod", component: "gpu" }, NAME_LIMITS.azureNodePool, "tide"],
    [{ stack: "Prod.EU", component: "network" }, NAME_LIMITS.gcpCompute, "tideline-prod-eu-network-"],
    [
      { stack: "production-europe", component: "cluster", part: "secrets-reader" },
      NAME_LIMITS.gcpServiceAccount,
      "tideline-production-e-",
    ],
  ])("%j within %j starts with %s", (parts, limit, expected) => {
    const name = physicalName(parts, limit);
    expect(name.startsWith(expected)).toBe(true);
    expect(name.length).toBeLessThanOrEqual(limit.maxLength);
  });

  test("is the same in every run", () => {
    const parts = { stack: "production-europe", component: "cluster", part: "secrets-reader" };
    expect(physicalName(parts, NAME_LIMITS.gcpServiceAccount)).toBe("tideline-production-e-c3642ac0");
  });

  test("tells parts apart that read alike once joined without a separator", () => {
    const left = physicalName({ stack: "a", component: "bc" }, NAME_LIMITS.azureRegistry);
    const right = physicalName({ stack: "ab", component: "c" }, NAME_LIMITS.azureRegistry);
    expect(left).not.toBe(right);
  });

  test("tells two long names apart that share their beginning", () => {
    const name = (part: string) =>
      physicalName({ stack: "production", component: "cluster", part }, NAME_LIMITS.gcpServiceAccount);
    expect(name("reader-of-secrets")).not.toBe(name("reader-of-models"));
  });

  test("always gives a name that every cloud accepts", () => {
    const limits: readonly NameLimit[] = Object.values(NAME_LIMITS);
    const parts = record({ stack: string(), component: string(), part: string(), suffix: string() });
    assert(
      property(parts, constantFrom(...limits), (given, limit) => {
        const name = physicalName(given, limit);
        expect(name).toMatch(/^[a-z]([a-z0-9_-]*[a-z0-9])?$/);
        expect(name.length).toBeLessThanOrEqual(limit.maxLength);
        if (limit.separator === "") expect(name).toMatch(/^[a-z0-9]+$/);
        expect(name).not.toMatch(/[-_]{2}/);
      }),
    );
  });
});
