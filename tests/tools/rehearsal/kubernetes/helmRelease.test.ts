import { checkRelease, releaseRecord } from "../../../../tools/rehearsal/kubernetes/helmRelease";

const release = {
  name: "keda",
  namespace: "keda",
  chart: "keda",
  version: "2.20.1",
  repositoryOpts: { repo: "https://kedacore.github.io/charts" },
  values: { replicas: 2 },
};
const { repositoryOpts: _, ...oci } = { ...release, chart: "oci://registry.invalid/keda" };

test.each<[string, object, string[]]>([
  ["a whole release", release, []],
  ["a chart of a registry", oci, []],
  ["no values", { ...release, values: undefined }, []],
  ["no chart", { ...release, chart: undefined }, ["chart: is undefined; name a chart"]],
  ["a range", { ...release, version: "^2.0.0" }, ['version: is "^2.0.0"; name exactly one version, as in 1.2.3']],
  ["no namespace", { ...release, namespace: "" }, ['namespace: is ""; name a namespace']],
  [
    "a name with capitals",
    { ...release, name: "Keda" },
    ['name: is "Keda"; Helm allows 1 to 53 small letters, digits and inner hyphens'],
  ],
  [
    "an open repository",
    { ...release, repositoryOpts: { repo: "http://charts.invalid" } },
    ['repositoryOpts.repo: is "http://charts.invalid"; give an https:// address'],
  ],
  ["values that are a list", { ...release, values: [1] }, ["values: is [1]; give an object"]],
])("%s", (_, inputs, problems) => {
  const failures = checkRelease(inputs as Record<string, unknown>);
  expect(failures.map(({ property, reason }) => `${property}: ${reason}`)).toEqual(problems);
});

test("a release is remembered in its namespace as Helm does, with its arguments", () => {
  expect(releaseRecord(release)).toEqual({
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: "sh.helm.release.v1.keda.v1",
      namespace: "keda",
      labels: { owner: "helm", name: "keda", status: "deployed", version: "1" },
    },
    type: "helm.sh/release.v1",
    stringData: { release: '{"chart":"keda","version":"2.20.1","values":{"replicas":2}}' },
  });
});
