import { version } from "@pulumi/kubernetes/package.json";
import type { Catalogue } from "../catalogue";
import type { Made, ResourceType } from "../resourceType";
import { RELEASE } from "./helmRelease";
import { comparedType } from "./replacements";

/**
 * An object of any kind. Which kind has which fields is for a real API server to say (clusterProvider.ts); this entry
 * serves where only the number and the names of objects matter.
 */
function objectType(token: string): ResourceType {
  return {
    ...comparedType(token),
    open: true,
    id: objectId,
    outputs: (made) => {
      if (token === RELEASE) return {};
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
  const given = (inputs.metadata ?? inputs) as { name?: string; namespace?: string };
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
