import { CanaryRelease, type CanaryReleaseArgs } from "../../../../components/kubernetes/delivery/canaryRelease";
import { objectsOf, recordKubernetes } from "../../../support/kubernetesCluster";

const build = (changes: Partial<CanaryReleaseArgs> = {}) =>
  recordKubernetes(
    () =>
      new CanaryRelease("canary", {
        workload: "serving",
        selector: { "app.kubernetes.io/name": "serving" },
        port: 8080,
        replicas: 3,
        traffic: { hostnames: ["models.example.org"] },
        ...changes,
      }),
  );

const find = async (kind: string, changes?: Partial<CanaryReleaseArgs>) =>
  objectsOf(await build(changes)).filter((object) => object.kind === kind);

test("a new version gets 10, 25, 50, 75 and then all requests, with time to be measured at each", async () => {
  const [rollout] = await find("Rollout");
  expect(rollout).toMatchObject({
    metadata: { name: "serving", namespace: "ml-platform" },
    spec: {
      workloadRef: { kind: "Deployment", name: "serving" },
      strategy: {
        canary: {
          stableService: "serving-stable",
          canaryService: "serving-canary",
          steps: [
            { setWeight: 10 },
            { pause: { duration: "5m" } },
            { setWeight: 25 },
            { pause: { duration: "5m" } },
            { setWeight: 50 },
            { pause: { duration: "5m" } },
            { setWeight: 75 },
            { pause: { duration: "5m" } },
            { setWeight: 100 },
          ],
          analysis: { templates: [{ templateName: "serving-canary" }] },
          trafficRouting: {
            plugins: { "argoproj-labs/gatewayAPI": { httpRoute: "serving-canary", namespace: "ml-platform" } },
          },
        },
      },
    },
  });
});

test("who sends x-canary: always reaches the canary; all others go by weight, which is Argo's to change", async () => {
  const recording = await build();
  const route = recording.one("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute");
  expect(route.inputs.spec).toMatchObject({
    hostnames: ["models.example.org"],
    rules: [
      {
        matches: [{ headers: [{ type: "Exact", name: "x-canary", value: "always" }] }],
        backendRefs: [{ name: "serving-canary", port: 8080 }],
      },
      {
        backendRefs: [
          { name: "serving-stable", port: 8080, weight: 100 },
          { name: "serving-canary", port: 8080, weight: 0 },
        ],
      },
    ],
  });
  expect(route.ignoreChanges).toEqual(["spec.rules[1].backendRefs"]);
  expect(recording.one("kubernetes:argoproj.io/v1alpha1:Rollout").ignoreChanges).toEqual(["spec.replicas"]);
  expect(recording.result.scaleTarget).toEqual({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Rollout",
    name: "serving",
  });
});

test("with Istio callers inside are split too, failed requests repeated, and pods that fail rest", async () => {
  expect(await find("VirtualService")).toEqual([]);
  const traffic = { hostnames: ["models.example.org"], istio: true };
  const [split] = await find("VirtualService", { traffic });
  expect(split?.spec).toMatchObject({
    hosts: ["serving.ml-platform.svc.cluster.local"],
    http: [
      { match: [{ headers: { "x-canary": { exact: "always" } } }], retries: { attempts: 2 } },
      { name: "primary", retries: { attempts: 2, retryOn: "connect-failure,refused-stream,503" } },
    ],
  });
  const rules = await find("DestinationRule", { traffic });
  expect(rules.map(({ metadata }) => metadata.name)).toEqual(["serving-stable", "serving-canary"]);
  expect(rules[0]?.spec).toMatchObject({ trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } } });
});

test("what cannot be measured or split is refused", async () => {
  await expect(build({ replicas: 1, minutesPerStep: 1, limits: { errorRate: 5 } })).rejects.toThrow(
    [
      'CanaryRelease "canary" cannot be planned:',
      "  replicas is 1; a canary needs at least 2 pods, one of each version.",
      "  minutesPerStep is 1; below 3 minutes nothing is measured before the next step.",
      "  limits.errorRate is 5; give a share from 0 to 1.",
    ].join("\n"),
  );
});
