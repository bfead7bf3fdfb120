import { Admission, type AdmissionArgs, admissionProblems } from "../../../components/kubernetes/admission";
import { admissionRules } from "../../../components/kubernetes/admissionRules";
import {
  type AdmissionCase,
  type ModelDeployment,
  modelDeployment,
  REFUSED,
  REGISTRY,
} from "../../support/admissionCases";
import { eventually } from "../../support/eventually";
import { describeWithKubernetes, type KubeApi } from "../../support/kubeApi";
import { clusterTarget, objectsOf, recordKubernetes } from "../../support/kubernetesCluster";

const target = clusterTarget({ environment: "staging" });

const build = (changes: Partial<AdmissionArgs> = {}) =>
  recordKubernetes(() => new Admission("admission", { target, registries: [REGISTRY], ...changes }));

describeWithKubernetes("the API server itself", (startControlPlane) => {
  let api: KubeApi;
  let model: ModelDeployment;
  beforeAll(async () => {
    api = await startControlPlane();
    await api.apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: "ml-platform" } }]);
    await api.apply(objectsOf(await build()));
    model = await modelDeployment(target);
    await inForce();
  }, 120_000);
  afterAll(() => api?.close(), 60_000);

  /** A new policy takes some moments until the server knows it. */
  async function inForce(): Promise<void> {
    for (const { rule, change } of REFUSED) {
      await eventually(async () => expect(await refusal(change)).toContain(`'tideline-${rule}'`));
    }
  }

  const refusal = (change: AdmissionCase["change"]) => {
    const changed = structuredClone(model);
    change(changed, changed.spec.template.spec.containers[0]);
    return api.refusal(changed);
  };

  test("accepts a model's deployment as Tideline makes it", async () => {
    expect(await api.refusal(model)).toBe("");
  });

  test.each(REFUSED)("refuses $what ($rule)", async ({ rule, change, text }) => {
    const said = await refusal(change);
    expect(said).toContain(
      `ValidatingAdmissionPolicy 'tideline-${rule}' with binding 'tideline-${rule}' denied request: ${text}`,
    );
  });

  test("refuses a GPU request that is not the limit", async () => {
    // The server itself refuses it too, with words of its own.
    const said = await refusal((_, { resources }) => {
      resources.requests["nvidia.com/gpu"] = "2";
    });
    expect(said).not.toBe("");
  });

  test("refuses a model server that hides what it is", async () => {
    const said = await refusal(({ metadata }) => {
      delete metadata.labels.modelVersion;
      delete metadata.labels["app.kubernetes.io/component"];
    });
    expect(said).toContain("'tideline-model-version'");
  });

  test("leaves other namespaces alone", async () => {
    await api.apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: "elsewhere" } }]);
    const elsewhere = structuredClone(model);
    elsewhere.spec.template.spec.containers[0].image = "nginx:1";
    expect(await api.refusal({ ...elsewhere, metadata: { ...elsewhere.metadata, namespace: "elsewhere" } })).toBe("");
  });

  test("holds an autoscaler to the same most replicas", async () => {
    const scaler = (maxReplicas: number) => ({
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "serving", namespace: "ml-platform" },
      spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "serving" }, maxReplicas },
    });
    expect(await api.refusal(scaler(20))).toBe("");
    expect(await api.refusal(scaler(21))).toContain("outside prod a workload has 20 replicas at most; wrong: 21");
  });
});

test("every rule has a refused object", () => {
  const rules = admissionRules({ environment: "staging", registries: [REGISTRY] }).map(({ name }) => name);
  expect([...new Set(REFUSED.map(({ rule }) => rule))]).toEqual(rules);
});

test("prod has no most replicas, and dev warns of tags alone", async () => {
  const prod = await build({ target: clusterTarget() });
  const dev = await build({ target: clusterTarget({ environment: "dev" }) });
  const bindings = (recording: typeof prod) =>
    Object.fromEntries(
      recording
        .ofType("kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding")
        .map(({ inputs }) => inputs.spec as { policyName: string; validationActions: string[] })
        .map(({ policyName, validationActions }) => [policyName, validationActions]),
    );
  expect(bindings(prod)).not.toHaveProperty("tideline-replicas");
  expect(bindings(prod)).toMatchObject({ "tideline-digests": ["Deny"] });
  expect(bindings(dev)).toMatchObject({ "tideline-digests": ["Warn", "Audit"], "tideline-registries": ["Deny"] });
});

test("Gatekeeper gets the same expressions", async () => {
  const recording = await build({ by: "gatekeeper" });
  const rules = admissionRules({ environment: "staging", registries: [REGISTRY] });
  const templates = recording.ofType("kubernetes:templates.gatekeeper.sh/v1:ConstraintTemplate");
  expect(templates).toHaveLength(rules.length);
  const readOnly = rules.find(({ name }) => name === "read-only-root");
  expect(recording.one(templates[0]?.type ?? "", "admission-read-only-root-template").inputs).toMatchObject({
    metadata: { name: "tidelinereadonlyroot" },
    spec: {
      crd: { spec: { names: { kind: "TidelineReadOnlyRoot" } } },
      targets: [
        {
          target: "admission.k8s.gatekeeper.sh",
          code: [
            {
              engine: "K8sNativeValidation",
              source: { variables: expect.arrayContaining([{ name: "wrong", expression: readOnly?.wrong }]) },
            },
          ],
        },
      ],
    },
  });
  expect(
    recording.one("kubernetes:constraints.gatekeeper.sh/v1beta1:TidelineReadOnlyRoot", "admission-read-only-root")
      .inputs,
  ).toMatchObject({
    metadata: { name: "tideline-read-only-root" },
    spec: {
      enforcementAction: "deny",
      match: {
        namespaces: ["ml-platform"],
        kinds: [
          { apiGroups: ["apps"], kinds: ["Deployment", "StatefulSet", "DaemonSet"] },
          { apiGroups: ["batch"], kinds: ["Job", "CronJob"] },
        ],
      },
    },
  });
});

test.each<[readonly string[], string]>([
  [[], "registries is empty, so no image at all could run; name the registry of the services' image."],
  [
    ["https://ghcr.io/x"],
    'registries[0] is "https://ghcr.io/x"; give a host and, if need be, a path, such as ghcr.io/example, without https:// and tags.',
  ],
])("registries %j are refused while planning", (registries, text) => {
  const problems = admissionProblems({ target, registries });
  expect(problems.map(({ path, reason }) => `${path} ${reason}`)).toEqual([text]);
});
