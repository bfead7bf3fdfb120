import type { InputRule, ResourceType } from "../resourceType";

const METADATA = ["metadata.name", "metadata.namespace"];

/**
 * Fields that the real provider makes a new object for, beyond name and namespace, because the API server would refuse
 * to change them, or because pods would not notice. Source: pulumi-kubernetes, provider/pkg/provider/diff.go.
 */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  "apps/v1:DaemonSet": ["spec.selector"],
  "apps/v1:Deployment": ["spec.selector"],
  "apps/v1:StatefulSet": [
    "spec.podManagementPolicy",
    "spec.revisionHistoryLimit",
    "spec.selector",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  "batch/v1:Job": ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
  "core/v1:ConfigMap": ["data", "binaryData"],
  "core/v1:PersistentVolumeClaim": ["spec"],
  "core/v1:ResourceQuota": ["spec.scopes"],
  "core/v1:Secret": ["type", "data", "stringData"],
  "core/v1:Service": ["spec.clusterIP"],
  "helm.sh/v3:Release": ["name", "namespace"],
  "rbac.authorization.k8s.io/v1:ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/v1:RoleBinding": ["roleRef"],
  "storage.k8s.io/v1:StorageClass": ["parameters", "provisioner"],
};

/** How a type's inputs are compared: everything may be there, and these fields replace. */
export function comparedType(token: string): ResourceType {
  const paths = [...METADATA, ...(FIELDS[token.replace(/^kubernetes:/, "")] ?? [])];
  return { token, inputs: rulesOf(paths.map((path) => path.split("."))), id: () => "" };
}

function rulesOf(paths: readonly (readonly string[])[]): Record<string, InputRule> {
  const names = [...new Set(paths.flatMap(([first]) => (first === undefined ? [] : [first])))];
  return Object.fromEntries(
    names.map((name) => {
      const rests = paths.filter(([first]) => first === name).map(([, ...rest]) => rest);
      if (rests.some((rest) => rest.length === 0)) return [name, { type: "any", replaces: true }];
      return [name, { type: "object", properties: rulesOf(rests) }];
    }),
  );
}
