import { rehearseStack } from "../../tools/rehearsal/rehearse";
import { renderBundle } from "../../tools/render/bundle";
import { describeWithEngine } from "../support/engine";
import { describeWithKubernetes } from "../support/kubeApi";
import { committedSettings, openRehearsal, withSetting } from "../support/rehearsal";

jest.setTimeout(900_000);

const off = { enabled: false };

/** A cluster with the parts that workloads stand on, a drift monitor and a model server. */
const kubernetes = {
  image: { tag: "v1" },
  models: { serving: { name: "breast-cancer", version: "1" } },
  certificates: off,
  monitoring: off,
  vault: off,
};

describeWithEngine("the platform on a cluster", (engine) => {
  const settings = withSetting(committedSettings("dev"), "kubernetes", kubernetes);

  describeWithKubernetes("whose control plane is real", (_, programs) => {
    test("is accepted, becomes ready, does not change by itself, and goes without a trace", async () => {
      const session = await openRehearsal(engine, "dev", settings, programs);
      try {
        const report = await rehearseStack(session, { stack: "dev", settings, fault: undefined, note: () => {} });
        expect(report).toMatchObject({ problems: [], left: [] });
        expect(report.resources.kubernetes).toMatchObject({ Deployment: 2, Release: 1, ServiceAccount: 5 });
        expect(report.phases.find(({ name }) => name === "second up")?.steps).toEqual({});
      } finally {
        await session.close();
      }
    });

    test("is refused where the API server refuses, in its words", async () => {
      const wrong = withSetting(settings, "kubernetes.models.serving.resources", { requests: { cpu: "a lot" } });
      const session = await openRehearsal(engine, "dev", wrong, programs);
      try {
        const { code, errors } = await session.up();
        expect(code).not.toBe(0);
        expect(errors.join("\n")).toContain("quantities must match the regular expression");
      } finally {
        await session.close();
      }
    });
  });

  test("is rendered as YAML, a file an object", async () => {
    const session = await openRehearsal(engine, "dev", settings);
    expect(await session.up()).toMatchObject({ code: 0 });
    const files = [...renderBundle(session.worlds()).keys()];
    expect(files).toEqual(
      expect.arrayContaining([
        "tideline-dev-aws-cluster/cluster/namespace-ml-platform.yaml",
        "tideline-dev-aws-cluster/external-secrets/helmrelease-external-secrets.yaml",
        "tideline-dev-aws-cluster/ml-platform/deployment-serving.yaml",
      ]),
    );
    expect(files).toHaveLength(session.worlds().kubernetes?.resources.length ?? 0);
  });
});

test("nothing is put on clusters without the section", () => {
  expect(committedSettings("dev")).not.toHaveProperty(["tideline:kubernetes"]);
});
