import { version } from "@pulumi/kubernetes/package.json";
import type { Catalogue } from "../catalogue";
import type { InputRule, Made, ResourceType } from "../resourceType";

/** What an object of any kind may hold beside its own fields. */
const metadata: InputRule = {
  type: "object",
  properties: {
    name: { type: "string", replaces: true, maxLength: 253, pattern: /[a-z0-9]([a-z0-9.:-]*[a-z0-9])?/ },
    namespace: { type: "string", replaces: true, maxLength: 63 },
    labels: { type: "map", items: { type: "string", maxLength: 63 } },
    annotations: { type: "map", items: { type: "string" } },
    finalizers: { type: "list", items: { type: "string" } },
  },
};

const ANY: InputRule = { type: "any" };

/** Fields at the top of the kinds in use; which kind has which is for a real API server to say. */
const FIELDS = [
  "spec",
  "data",
  "stringData",
  "binaryData",
  "immutable",
  "type",
  "rules",
  "roleRef",
  "subjects",
  "secrets",
  "imagePullSecrets",
  "automountServiceAccountToken",
  "aggregationRule",
  "provisioner",
  "parameters",
  "reclaimPolicy",
  "volumeBindingMode",
  "allowVolumeExpansion",
  "mountOptions",
  "value",
  "globalDefault",
  "description",
  "preemptionPolicy",
  "webhooks",
  "handler",
];

function objectType(token: string): ResourceType {
  return {
    token,
    inputs: {
      apiVersion: { type: "string", replaces: true },
      kind: { type: "string", replaces: true },
      metadata,
      ...Object.fromEntries(FIELDS.map((name) => [name, ANY])),
    },
    id: objectId,
    outputs: (made) => {
      const given = (made.inputs.metadata ?? {}) as Record<string, unknown>;
      const [namespace, name] = nameOf(made);
      return { metadata: { ...given, name, ...(namespace === undefined ? {} : { namespace }) } };
    },
  };
}

/** `namespace/name`, as the provider gives it; the name alone for what has no namespace. */
function objectId(made: Made): string {
  const [namespace, name] = nameOf(made);
  return namespace === undefined ? name : `${namespace}/${name}`;
}

function nameOf({ inputs, name }: Made): [string | undefined, string] {
  const given = (inputs.metadata ?? {}) as { name?: string; namespace?: string };
  return [given.namespace, given.name ?? name];
}

/** The kubernetes provider as a store of objects by kind, namespace and name. */
export const kubernetesCatalogue: Catalogue = {
  package: "kubernetes",
  version,
  typeOf: (token) => (/^kubernetes:[\w.-]+\/v\w+:[A-Z]\w+$/.test(token) ? objectType(token) : undefined),
  functions: {},
  locate: ({ kubeconfig }) => ({ account: "kubernetes", region: serverOf(kubeconfig) }),
  refusals: {
    inUse: (target, by) => `Conflict: ${target.id} is in use by ${by.id}.`,
    exists: (token, value) => `AlreadyExists: ${token.slice(token.lastIndexOf(":") + 1)} "${value}" already exists.`,
    missing: (path, value) => `NotFound: ${path} names "${value}", which does not exist.`,
    protectedFromDeletion: (target) => `Forbidden: ${target.id} is protected.`,
  },
};

/** Address of the API server, which tells one cluster's objects from another's. */
function serverOf(kubeconfig: unknown): string {
  const { clusters } = (kubeconfig ?? {}) as { clusters?: readonly { cluster?: { server?: string } }[] };
  return clusters?.[0]?.cluster?.server ?? "default";
}
