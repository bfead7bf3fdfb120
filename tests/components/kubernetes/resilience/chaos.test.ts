import { Chaos, type ChaosArgs, workflowTemplates } from "../../../../components/kubernetes/resilience/chaos";
import { clusterTarget, objectsOf, recordKubernetes } from "../../../support/kubernetesCluster";

const apps = {
  serving: { healthUrl: "http://serving.ml-platform.svc:8080/health/ready" },
  drift: { healthUrl: "http://drift.ml-platform.svc:8081/health/ready" },
};

const build = (changes: Partial<ChaosArgs> = {}) =>
  recordKubernetes(() => new Chaos("chaos", { target: clusterTarget(), apps, ...changes }));

test("once a week, in the services' namespace and nowhere else", async () => {
  const recording = await build();
  expect(objectsOf(recording)).toMatchObject([
    {
      kind: "Schedule",
      metadata: { namespace: "ml-platform" },
      spec: { schedule: "0 10 * * 3", type: "Workflow", concurrencyPolicy: "Forbid", workflow: { entry: "all" } },
    },
  ]);
  expect(recording.one("kubernetes:helm.sh/v3:Release").inputs.values).toMatchObject({
    clusterScoped: false,
    controllerManager: { targetNamespace: "ml-platform" },
    chaosDaemon: { tolerations: [{ operator: "Exists" }] },
  });
});

describe("the workflow", () => {
  const templates = workflowTemplates(apps, 5);
  const byName = new Map(templates.map((template) => [template.name, template]));
  const all = byName.get("all");
  const children = all?.templateType === "Serial" ? all.children : [];

  test("checks every app before the first fault", () => {
    expect(children.slice(0, 2)).toEqual(["serving-well-before", "drift-well-before"]);
  });

  test("checks after every fault, and ends at the first app that is not well", () => {
    const faults = children.filter((name) => /Chaos$/.test(byName.get(name)?.templateType ?? ""));
    expect(faults).toEqual([
      "serving-pod-dies",
      "serving-slow-network",
      "serving-busy-node",
      "drift-pod-dies",
      "drift-slow-network",
      "drift-busy-node",
    ]);
    for (const fault of faults) {
      const at = children.indexOf(fault);
      expect(children.slice(at + 1, at + 3)).toEqual(["rest", `${fault}-well-after`]);
      expect(byName.get(`${fault}-well-after`)).toMatchObject({
        templateType: "StatusCheck",
        abortWithStatusCheck: true,
      });
    }
  });

  test("names each template once, and every child is one", () => {
    expect(byName.size).toBe(templates.length);
    expect(children.filter((name) => !byName.has(name))).toEqual([]);
  });
});

test("an app without an address to ask, and no apps at all, are refused", async () => {
  await expect(build({ apps: {} })).rejects.toThrow(
    'Chaos "chaos" cannot be planned:\n  apps names none; name at least one app that must come through.',
  );
  await expect(build({ apps: { serving: { healthUrl: "serving" } }, faultMinutes: 60 })).rejects.toThrow(
    [
      'Chaos "chaos" cannot be planned:',
      '  apps.serving.healthUrl is "serving"; give the http:// address that says whether it is well.',
      "  faultMinutes is 60; give 1 to 30 minutes.",
    ].join("\n"),
  );
});
