import { load } from "js-yaml";
import type { WorldState } from "../../../tools/rehearsal/world";
import { renderBundle } from "../../../tools/render/bundle";

const SERVER = "https://ABC.gr7.eu-west-1.eks.amazonaws.com";

const world = (...resources: readonly object[]): WorldState => ({
  sequence: 0,
  clock: 0,
  waited: 0,
  resources: resources.map((resource) => ({
    inputs: {},
    outputs: {},
    ...resource,
  })) as unknown as WorldState["resources"],
});

const aws = world({
  token: "aws:eks/cluster:Cluster",
  region: "eu-west-1",
  inputs: { name: "ml" },
  outputs: { endpoint: SERVER },
});

const role = {
  token: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
  region: SERVER,
  urn: "urn:role",
  inputs: {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: "tideline:viewer" },
    rules: [],
    __engine: "own",
  },
};

const release = {
  token: "kubernetes:helm.sh/v3:Release",
  region: SERVER,
  inputs: {
    name: "keda",
    namespace: "keda",
    chart: "keda",
    version: "2.20.1",
    repositoryOpts: { repo: "https://kedacore.github.io/charts" },
    atomic: true,
    values: { replicas: 2 },
  },
};

test("a folder for each cluster, a file for each object, without what is the engine's own", () => {
  const files = renderBundle({ aws, kubernetes: world(role, release) });
  expect([...files.keys()]).toEqual(["ml/cluster/clusterrole-tideline-viewer.yaml", "ml/keda/helmrelease-keda.yaml"]);
  const text = files.get("ml/cluster/clusterrole-tideline-viewer.yaml") ?? "";
  expect(text).toMatch(/^# Written by `npm run render`\. .*\napiVersion: rbac/);
  const { __engine: _, ...object } = role.inputs;
  expect(load(text)).toEqual(object);
});

test("a release is its chart's address, version and values", () => {
  const files = renderBundle({ aws, kubernetes: world(release) });
  expect(load(files.get("ml/keda/helmrelease-keda.yaml") ?? "")).toEqual({
    release: "keda",
    namespace: "keda",
    chart: "keda",
    repository: "https://kedacore.github.io/charts",
    version: "2.20.1",
    values: { replicas: 2 },
  });
});

test("two objects never share a file", () => {
  expect(() => renderBundle({ aws, kubernetes: world(role, role) })).toThrow(
    "ml/cluster/clusterrole-tideline-viewer.yaml is written for two objects, the second being urn:role.",
  );
});
