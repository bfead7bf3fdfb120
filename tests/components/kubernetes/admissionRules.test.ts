import { NAMESPACES } from "../../../components/kubernetes/namespaces";
import type { PlainNetworkPolicy } from "../../../components/kubernetes/networkPolicies";
import type { StackResource } from "../../../policies/frame/rule";
import { KUBERNETES_RULES } from "../../../policies/kubernetes";
import { ML_RULES } from "../../../policies/ml";
import { type DaemonChart, untolerated } from "../../support/daemonTolerations";
import { eventually } from "../../support/eventually";
import { flowFaults } from "../../support/flowFaults";
import { describeWithKubernetes, type KubeApi } from "../../support/kubeApi";
import { asRuleResources, clusterTarget, type KubernetesObject, violations } from "../../support/kubernetesCluster";
import { platformArgs, recordPlatform } from "../../support/kubernetesPlatform";
import { MUTATIONS, type Mutation, mutated } from "../../support/safetyMutations";

const target = clusterTarget({ environment: "staging" });
const RULES = [...KUBERNETES_RULES, ...ML_RULES];
const DAEMONS: readonly DaemonChart[] = [
  { chart: "nvidia-device-plugin", tolerations: "tolerations" },
  { chart: "dcgm-exporter", tolerations: "tolerations" },
];

/** What the API server's admission rules look at. */
const ADMITTED = ["Deployment", "CronJob", "HorizontalPodAutoscaler"];

const kindOf = ({ type }: StackResource) => type.split(":").at(-1) ?? "";
const titleOf = (resource: StackResource) => `${kindOf(resource)} ${resource.name}`;

async function recordStack(): Promise<readonly StackResource[]> {
  const settings = {
    access: { "model-deployer": ["ml-engineering"] },
    models: {
      serving: { name: "breast-cancer", version: "3", hostnames: ["models.example.com"] },
      vision: { name: "vision", version: "1", gpu: { pool: "gpu", count: 1 } },
    },
  };
  return asRuleResources(await recordPlatform(platformArgs(settings, target)));
}

describeWithKubernetes("the safety net of a platform", (startControlPlane) => {
  let api: KubeApi;
  let stack: readonly StackResource[];
  let namespaces: readonly string[];
  const nativeObjects = (...kinds: string[]) =>
    stack.filter((resource) => kinds.includes(kindOf(resource))).map(({ props }) => props as KubernetesObject);

  beforeAll(async () => {
    [api, stack] = await Promise.all([startControlPlane(), recordStack()]);
    namespaces = nativeObjects("Namespace").map(({ metadata }) => metadata.name);
    await api.apply(nativeObjects("Namespace"));
    await api.apply(nativeObjects("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"));
    for (const mutation of MUTATIONS.filter(({ red }) => red.startsWith("admission "))) {
      await eventually(async () => expect(await admissionReds(changed(mutation).after)).toContain(mutation.red));
    }
  }, 180_000);
  afterAll(() => api?.close(), 60_000);

  /** The stack with a mutation, and the resource that it changed. */
  function changed(mutation: Mutation) {
    const before = stack.find((resource) => titleOf(resource) === mutation.of);
    if (!before) throw new Error(`There is no ${mutation.of}; there are:\n${stack.map(titleOf).join("\n")}`);
    const props = mutated(before.props, mutation);
    const after = props && { ...before, props };
    return { before, after, whole: stack.flatMap((resource) => (resource === before ? (after ?? []) : resource)) };
  }

  async function admissionReds(resource: StackResource | undefined): Promise<string[]> {
    if (!resource || !ADMITTED.includes(kindOf(resource))) return [];
    const text = await api.refusal(resource.props as KubernetesObject);
    return [...text.matchAll(/ValidatingAdmissionPolicy 'tideline-([a-z-]+)'/g)].map(([, rule]) => `admission ${rule}`);
  }

  /** A pod as root, which a restricted namespace refuses. */
  async function podSecurityReds(namespace: StackResource | undefined): Promise<string[]> {
    if (!namespace || kindOf(namespace) !== "Namespace") return [];
    const object = namespace.props as KubernetesObject;
    const { name } = object.metadata;
    if (NAMESPACES[name]?.level !== "restricted") return [];
    await api.apply([{ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: name } }]);
    await api.apply([object]);
    const root = { name: "root", image: "example.com/root", resources: {} };
    const text = await api.refusal({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "root", namespace: name },
      spec: { containers: [root] },
    });
    return text.includes('violates PodSecurity "restricted') ? [] : ["pod security"];
  }

  async function reds(whole: readonly StackResource[], one: StackResource | undefined, kind: string) {
    const rules = violations(whole, RULES).map((text) => text.split(":")[0] ?? "");
    const policies = whole.filter((resource) => kindOf(resource) === "NetworkPolicy");
    const flows =
      kind === "NetworkPolicy" &&
      flowFaults(
        policies.map(({ props }) => props as unknown as PlainNetworkPolicy),
        namespaces,
      ).wrong.length > 0;
    const releases = whole.filter((resource) => kindOf(resource) === "Release").map(({ props }) => props);
    const refused = untolerated(releases, DAEMONS, Object.values(target.nodePools));
    return [
      ...rules,
      ...(await admissionReds(one)),
      ...(await podSecurityReds(one)),
      ...(flows ? ["flows"] : []),
      ...(refused.length > 0 ? ["tolerations"] : []),
    ];
  }

  test("is green while nothing is taken away", async () => {
    expect(violations(stack, RULES)).toEqual([]);
    for (const kind of ["NetworkPolicy", "Release"]) expect(await reds(stack, undefined, kind)).toEqual([]);
    for (const resource of stack) {
      if (ADMITTED.includes(kindOf(resource)))
        expect([titleOf(resource), await admissionReds(resource)]).toEqual([titleOf(resource), []]);
      if (kindOf(resource) === "Namespace") expect(await podSecurityReds(resource)).toEqual([]);
    }
  });

  test.each(MUTATIONS)("goes red for $what of $of", async (mutation) => {
    const { before, after, whole } = changed(mutation);
    const found = await reds(whole, after, kindOf(before));
    if (kindOf(before) === "Namespace") await api.apply([before.props as KubernetesObject]);
    expect(found).toContain(mutation.red);
  });
});
