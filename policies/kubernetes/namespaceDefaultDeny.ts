import { isObject, list, read, readKnown } from "../frame/read";
import { ofType } from "../frame/relations";
import { defineRule, type StackResource } from "../frame/rule";

const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

/** Every namespace refuses traffic that no policy allows. */
export const namespaceDefaultDeny = defineRule({
  name: "namespace-default-deny",
  title: "Every namespace has a network policy that selects all pods and allows nothing.",
  why: "Pods reach each other freely otherwise, and one taken over reaches all.",
  fix: "Make a NetworkPolicy with an empty podSelector, policyTypes [Ingress] and no ingress rules.",
  severity: "high",
  purpose: "boundary",
  cis: ["Kubernetes 1.9 5.3.2"],
  types: ["kubernetes:core/v1:Namespace", POLICY],
  checkStack: (resources) => {
    const policies = ofType(resources, POLICY).filter(isDefaultDeny);
    return ofType(resources, "kubernetes:core/v1:Namespace")
      .filter((namespace) => !policies.some((policy) => standsIn(policy, namespace)))
      .map(({ urn, name }) => ({ urn, text: `No network policy of the namespace ${name} refuses all traffic.` }));
  },
});

function isDefaultDeny({ props }: StackResource): boolean {
  const selector = read(props, "spec.podSelector");
  const all = !isObject(selector) || Object.keys(selector).length === 0;
  const ingress = list(props, "spec.policyTypes").includes("Ingress");
  return all && ingress && list(props, "spec.ingress").length === 0;
}

/** By dependency where the namespace's name is an output, by name otherwise. */
function standsIn(policy: StackResource, namespace: StackResource): boolean {
  const linked = (policy.propertyDependencies.metadata ?? []).some(({ urn }) => urn === namespace.urn);
  const name = readKnown(namespace.props, "metadata.name") ?? namespace.name;
  return linked || readKnown(policy.props, "metadata.namespace") === name;
}
