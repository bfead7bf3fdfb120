import type { Step } from "../../tools/rehearsal/engineEvents";
import type { RehearsalSession, Settings } from "../../tools/rehearsal/session";
import { describeWithEngine } from "../support/engine";
import { committedSettings, openRehearsal, withSetting } from "../support/rehearsal";
import { type Cloud, type Plan, SAFE_CHANGES } from "../support/safeChanges";

jest.setTimeout(900_000);

/** Package of each cloud's provider. */
const PACKAGES: Readonly<Record<Cloud, string>> = { aws: "aws", gcp: "gcp", azure: "azure-native" };

/** What may never be replaced by a change that a person takes for harmless. */
const PRECIOUS = new Set([
  "Cluster",
  "ManagedCluster",
  "NodeGroup",
  "NodePool",
  "AgentPool",
  "Instance",
  "DatabaseInstance",
  "Server",
  "Bucket",
  "StorageAccount",
  "Vpc",
  "Network",
  "VirtualNetwork",
  "Subnet",
  "Subnetwork",
]);

/** Prod with two zones, so that there is a third to add. */
function twoZones(): Settings {
  const clouds: readonly Cloud[] = ["aws", "gcp", "azure"];
  return clouds.reduce(
    (settings, cloud) => withSetting(settings, `${cloud}.network.zones`, 2),
    committedSettings("prod"),
  );
}

function planOf(steps: readonly Step[], cloud: Cloud): Plan {
  const plan: Record<string, number> = {};
  for (const { op, type } of steps) {
    if (op === "same" || !type.startsWith(`${PACKAGES[cloud]}:`)) continue;
    const step = `${op} ${type.slice(type.lastIndexOf(":") + 1)}`;
    plan[step] = (plan[step] ?? 0) + 1;
  }
  return plan;
}

function replacedPrecious(steps: readonly Step[]): string[] {
  return steps
    .filter(({ op, type }) => /replace|^delete/.test(op) && PRECIOUS.has(type.slice(type.lastIndexOf(":") + 1)))
    .map(({ op, urn }) => `${op} ${urn}`);
}

describeWithEngine("safe changes of a stack of three clouds", (engine) => {
  const base = twoZones();
  let session: RehearsalSession;

  beforeAll(async () => {
    session = await openRehearsal(engine, "prod", base);
    expect(await session.up()).toMatchObject({ code: 0, errors: [] });
  });

  test("are at least 25", () => {
    expect(SAFE_CHANGES.flatMap(([, changes]) => changes).length).toBeGreaterThanOrEqual(25);
  });

  test.each(SAFE_CHANGES)("%s", async (_, changes) => {
    const sets = changes.flatMap(({ cloud, set }) =>
      Object.entries(set).map(([path, value]) => [`${cloud}.${path}`, value] as const),
    );
    session.configure(sets.reduce((settings, [path, value]) => withSetting(settings, path, value), base));
    const { code, errors, steps } = await session.preview();
    expect({ code, errors }).toEqual({ code: 0, errors: [] });
    const plans = changes.map(({ cloud }) => [cloud, planOf(steps, cloud)]);
    expect(Object.fromEntries(plans)).toEqual(Object.fromEntries(changes.map(({ cloud, plan }) => [cloud, plan])));
    expect(replacedPrecious(steps)).toEqual([]);
  });

  test("an address that hears of alarms, in all clouds", async () => {
    session.configure(withSetting(base, "alerts", { emails: ["ops@example.com"] }));
    const { code, steps } = await session.preview();
    expect(code).toBe(0);
    expect(planOf(steps, "aws")).toEqual({ "create TopicSubscription": 1 });
    expect(planOf(steps, "gcp")).toMatchObject({ "create NotificationChannel": 1 });
    expect(planOf(steps, "azure")).toEqual({ "update ActionGroup": 1 });
  });

  test("what AKS cannot change in place makes a pool beside the old one, and then removes that", async () => {
    session.configure(withSetting(base, "azure.cluster.nodePools.gpu.machineTypes", ["Standard_NC16as_T4_v3"]));
    const { steps } = await session.preview();
    const pools = steps.filter(({ type }) => type.endsWith(":AgentPool")).map(({ op }) => op);
    expect(pools.filter((op) => op !== "same")).toEqual(["create-replacement", "replace", "delete-replaced"]);
  });

  test("a wrong argument stops the plan with its component, path, value and remedy, and without a stack trace", async () => {
    session.configure(withSetting(base, "aws.network.nat", "single"));
    const { code, errors, steps } = await session.preview();
    expect(code).not.toBe(0);
    expect(errors[0]).toBe(
      'AwsFoundation "aws" cannot be planned:\n' +
        `  network.nat is "single" in prod, where one zone's failure would cut all nodes off; give "onePerZone" or "none".`,
    );
    expect(steps.filter(({ op }) => op !== "same")).toEqual([]);
  });
});

describeWithEngine("adding a cloud to a stack", (engine) => {
  test("only makes what the new cloud needs", async () => {
    const staging = committedSettings("staging");
    const session = await openRehearsal(engine, "staging", withSetting(staging, "gcp", undefined));
    expect(await session.up()).toMatchObject({ code: 0 });
    session.configure(staging);
    const { code, steps } = await session.preview();
    expect(code).toBe(0);
    expect(new Set(steps.filter(({ op }) => op !== "same").map(({ op }) => op))).toEqual(new Set(["create"]));
    expect(planOf(steps, "aws")).toEqual({});
    expect(planOf(steps, "gcp")).toMatchObject({ "create Cluster": 1, "create DatabaseInstance": 1 });
  });
});

describeWithEngine("the URNs of a stack", (engine) => {
  // A URN is a resource's identity: one that changes without an alias means that the resource is replaced.
  test.each(["dev", "staging", "prod"])("%s are as they were", async (stack) => {
    const session = await openRehearsal(engine, stack);
    const { code, errors, steps } = await session.preview();
    expect({ code, errors }).toEqual({ code: 0, errors: [] });
    const urns = steps.map(({ urn }) => urn.replace(/^urn:pulumi:[^:]+::tideline::/, "")).sort();
    expect(urns).toMatchSnapshot();
  });
});
