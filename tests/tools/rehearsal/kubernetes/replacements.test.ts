import { compareInputs } from "../../../../tools/rehearsal/compare";
import { comparedType } from "../../../../tools/rehearsal/kubernetes/replacements";

const replaced = (token: string, olds: object, news: object) =>
  compareInputs(comparedType(`kubernetes:${token}`), olds as Record<string, unknown>, news as Record<string, unknown>)
    .filter(({ replaces }) => replaces)
    .map(({ path }) => path);

test.each<[string, string, object, object, string[]]>([
  ["a name", "core/v1:ConfigMap", { metadata: { name: "a" } }, { metadata: { name: "b" } }, ["metadata.name"]],
  ["a namespace", "a.b/v1:Own", { metadata: { namespace: "a" } }, { metadata: {} }, ["metadata.namespace"]],
  ["a label", "core/v1:ConfigMap", { metadata: { labels: { a: "1" } } }, { metadata: { labels: { a: "2" } } }, []],
  ["data of a ConfigMap", "core/v1:ConfigMap", { data: { a: "1" } }, { data: { a: "2" } }, ["data"]],
  ["a Secret that gains its first text", "core/v1:Secret", {}, { stringData: { a: "2" } }, ["stringData"]],
  ["an image", "apps/v1:Deployment", { spec: { template: { x: 1 } } }, { spec: { template: { x: 2 } } }, []],
  [
    "a job's image",
    "batch/v1:Job",
    { spec: { template: { x: 1 } } },
    { spec: { template: { x: 2 } } },
    ["spec.template"],
  ],
  [
    "a selector",
    "apps/v1:Deployment",
    { spec: { selector: { a: 1 } } },
    { spec: { selector: { a: 2 } } },
    ["spec.selector"],
  ],
  [
    "a role",
    "rbac.authorization.k8s.io/v1:RoleBinding",
    { roleRef: { name: "a" } },
    { roleRef: { name: "b" } },
    ["roleRef"],
  ],
  ["a release's version", "helm.sh/v3:Release", { version: "1.0.0" }, { version: "1.0.1" }, []],
  ["a release's namespace", "helm.sh/v3:Release", { namespace: "a" }, { namespace: "b" }, ["namespace"]],
])("changing %s of %s", (_, token, olds, news, paths) => {
  expect(replaced(token, olds, news)).toEqual(paths);
});
