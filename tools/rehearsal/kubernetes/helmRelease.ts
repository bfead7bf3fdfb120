import type { Failure } from "../validate";
import { hasUnknown, type Properties } from "../wire";
import type { ApiObject } from "./apiClient";

/** Token of a Helm release. */
export const RELEASE = "kubernetes:helm.sh/v3:Release";

const NAME = /^[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?$/;
const VERSION = /^v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/;

/**
 * What is wrong with a release as it is written. Chart repositories are not asked: whether the chart and the version
 * exist, and what its templates make, a rehearsal does not know.
 */
export function checkRelease(inputs: Properties): Failure[] {
  const { name, namespace, chart, version, values, repositoryOpts } = inputs;
  const { repo } = (repositoryOpts ?? {}) as { repo?: unknown };
  const failures: Failure[] = [];
  const require = (property: string, value: unknown, right: boolean, reason: string) => {
    if (!hasUnknown(value) && !right) failures.push({ property, reason: `is ${JSON.stringify(value)}; ${reason}` });
  };
  const oci = String(chart).startsWith("oci://");
  require("chart", chart, typeof chart === "string" && chart !== "", "name a chart");
  require("name", name, NAME.test(String(name)), "Helm allows 1 to 53 small letters, digits and inner hyphens");
  require("namespace", namespace, typeof namespace === "string" && namespace !== "", "name a namespace");
  require("version", version, VERSION.test(String(version)), "name exactly one version, as in 1.2.3");
  require("values", values ?? {}, typeof (values ?? {}) === "object" && !Array.isArray(values), "give an object");
  const address = oci ? repo === undefined : /^https:\/\/\S+$/.test(String(repo));
  require("repositoryOpts.repo", repo, address, oci ? "leave it out with an oci:// chart" : "give an https:// address");
  return failures;
}

/**
 * The object by which Helm remembers a release in its namespace (type helm.sh/release.v1). It holds the release's
 * arguments and not, as Helm's own does, the objects rendered from the chart, which is not fetched.
 */
export function releaseRecord(inputs: Properties): ApiObject {
  const { name, namespace, chart, version, values = {} } = inputs;
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: `sh.helm.release.v1.${String(name)}.v1`,
      namespace: String(namespace),
      labels: { owner: "helm", name: String(name), status: "deployed", version: "1" },
    },
    type: "helm.sh/release.v1",
    stringData: { release: JSON.stringify({ chart, version, values }) },
  };
}
