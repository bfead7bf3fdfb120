import { dump } from "js-yaml";
import { RELEASE } from "../rehearsal/kubernetes/helmRelease";
import { clusterOf } from "../rehearsal/kubernetes/nodePools";
import { kindOf } from "../rehearsal/kubernetes/objects";
import type { StoredResource, WorldState } from "../rehearsal/world";

/** Folder of what is in no namespace. */
const CLUSTER_WIDE = "cluster";

const HEADER =
  "# Written by `npm run render`. What only a cloud can say (ARNs, addresses, passwords) is simulated here.\n";

/**
 * Every Kubernetes object of simulated clouds as YAML: path to text, one folder a cluster, one file an object. A Helm
 * release is its chart's address, version and values; the chart's own objects are not rendered.
 * @throws {Error} when two objects of a cluster have one file
 */
export function renderBundle(worlds: Readonly<Record<string, WorldState>>): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const resource of worlds.kubernetes?.resources ?? []) {
    const cluster = clusterOf(worlds, resource.region)?.name ?? resource.region.replace(/[^\w.-]+/g, "-");
    const path = `${cluster}/${pathOf(resource)}`;
    if (files.has(path)) throw new Error(`${path} is written for two objects, the second being ${resource.urn}.`);
    const text = dump(documentOf(resource), { lineWidth: -1, noRefs: true, sortKeys: true });
    files.set(path, `${HEADER}${text}`);
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function pathOf({ token, inputs }: StoredResource): string {
  const kind = token === RELEASE ? "helmrelease" : kindOf(token).toLowerCase();
  const { namespace = CLUSTER_WIDE, name } = (token === RELEASE ? inputs : inputs.metadata) as Record<string, string>;
  // RBAC allows colons in names, file systems do not.
  return `${namespace}/${kind}-${String(name).replace(/[^\w.-]+/g, "-")}.yaml`;
}

function documentOf({ token, inputs }: StoredResource): object {
  const own = Object.entries(inputs).filter(([name, value]) => !name.startsWith("__") && value !== null);
  if (token !== RELEASE) return Object.fromEntries(own);
  const { name, namespace, chart, version, values = {}, repositoryOpts } = inputs;
  const { repo } = (repositoryOpts ?? {}) as { repo?: string };
  return { release: name, namespace, chart, ...(repo === undefined ? {} : { repository: repo }), version, values };
}
