import { ServiceWorkload, type ServiceWorkloadArgs } from "../../../components/kubernetes/serviceWorkload";
import { KUBERNETES_RULES } from "../../../policies/kubernetes";
import { ML_RULES } from "../../../policies/ml";
import { clusterTarget, recordKubernetes, violations } from "../../support/kubernetesCluster";
import { DIGEST } from "../../support/kubernetesPlatform";
import { driftArgs as drift, servingArgs as serving } from "../../support/workloadArgs";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const build = (args: ServiceWorkloadArgs) => recordKubernetes(() => new ServiceWorkload(args.descriptor.name, args));

/** The pod template's spec and the Deployment's, as plain data. */
async function deploymentOf(args: ServiceWorkloadArgs) {
  const { inputs } = (await build(args)).one(DEPLOYMENT);
  return inputs as {
    metadata: { labels: Record<string, string>; annotations: Record<string, string> };
    spec: {
      replicas?: number;
      strategy: unknown;
      template: {
        metadata: { labels: Record<string, string> };
        spec: Record<string, unknown> & { containers: Record<string, unknown>[] };
      };
    };
  };
}

test.each([
  ["serving", serving()],
  ["drift", drift()],
  ["serving with GPUs", serving({ gpu: { pool: "gpu", count: 1 } })],
])("%s breaks no rule of the policy pack that is mandatory in prod", async (_, args) => {
  const recording = await build(args);
  expect(violations(recording, [...KUBERNETES_RULES, ...ML_RULES])).toEqual([]);
});

test("a model's deployment says which model it serves, to people, to the admission rules and to its process", async () => {
  const { metadata, spec } = await deploymentOf(serving());
  expect(metadata).toMatchObject({
    name: "serving",
    namespace: "ml-platform",
    labels: { modelVersion: "3", "app.kubernetes.io/component": "model-server" },
    annotations: { "tideline.dev/model-uri": "models:/breast-cancer/3" },
  });
  expect(spec.template.metadata).toMatchObject({
    labels: { modelVersion: "3" },
    annotations: { "tideline.dev/model-uri": "models:/breast-cancer/3" },
  });
  expect(spec.template.spec.containers[0]).toMatchObject({
    image: `registry.example.com/tideline/services@${DIGEST}`,
    args: ["serving"],
    env: [
      { name: "NODE_ENV", value: "production" },
      { name: "HOST", value: "0.0.0.0" },
      { name: "PORT", value: "8080" },
      { name: "GRPC_PORT", value: "8090" },
      { name: "MODEL_NAME", value: "breast-cancer" },
      { name: "MODEL_VERSION", value: "3" },
      { name: "OBJECT_STORE_URL", value: "s3://models" },
      { name: "DRIFT_URL", value: "http://drift.ml-platform.svc.cluster.local:8081" },
    ],
    ports: [
      { name: "http", containerPort: 8080, protocol: "TCP" },
      { name: "grpc", containerPort: 8090, protocol: "TCP" },
    ],
  });
});

test("a rollout adds pods before it takes any, and a pod that goes finishes its requests first", async () => {
  const { spec } = await deploymentOf(serving());
  expect(spec.strategy).toEqual({ type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } });
  expect(spec.template.spec.containers[0]).toMatchObject({
    lifecycle: { preStop: { sleep: { seconds: 10 } } },
    startupProbe: { httpGet: { path: "/health/ready", port: "http" }, periodSeconds: 2, failureThreshold: 150 },
    readinessProbe: { httpGet: { path: "/health/ready", port: "http" } },
    livenessProbe: { httpGet: { path: "/health/live", port: "http" } },
  });
  // The descriptor's 20 s to drain, 10 s before, 5 s to spare.
  expect(spec.template.spec.terminationGracePeriodSeconds).toBe(35);
});

test("pods are unprivileged, read-only, spread strictly over zones in prod, and have no token", async () => {
  const { spec } = await deploymentOf(serving());
  expect(spec.template.spec).toMatchObject({
    serviceAccountName: "serving",
    automountServiceAccountToken: false,
    priorityClassName: "tideline-serving",
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    topologySpreadConstraints: [
      { topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule", maxSkew: 1 },
      { topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway", maxSkew: 1 },
    ],
    volumes: [{ name: "tmp", emptyDir: { sizeLimit: "4Gi" } }],
  });
  expect(spec.template.spec.containers[0]).toMatchObject({
    securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
    resources: { requests: { cpu: "1", memory: "256Mi" }, limits: { memory: "1Gi" } },
  });
  const dev = await deploymentOf(serving({ target: clusterTarget({ environment: "dev" }) }));
  expect(dev.spec.template.spec.topologySpreadConstraints).toMatchObject([
    { whenUnsatisfiable: "ScheduleAnyway" },
    { whenUnsatisfiable: "ScheduleAnyway" },
  ]);
});

test("replicas are the autoscaler's, which follows the descriptor's signals: up fast, down slowly", async () => {
  const recording = await build(serving());
  const { spec } = await deploymentOf(serving());
  expect(spec.replicas).toBeUndefined();
  expect(recording.one("kubernetes:autoscaling/v2:HorizontalPodAutoscaler").inputs.spec).toEqual({
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "serving" },
    minReplicas: 3,
    maxReplicas: 20,
    metrics: [
      { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
      { type: "Resource", resource: { name: "memory", target: { type: "Utilization", averageUtilization: 80 } } },
      podMetric("tideline_requests_per_second", "100"),
      podMetric("tideline_latency_p95_seconds", "500m"),
      podMetric("tideline_drift_score", "500m"),
    ],
    behavior: {
      scaleUp: {
        stabilizationWindowSeconds: 0,
        selectPolicy: "Max",
        policies: [
          { type: "Percent", value: 100, periodSeconds: 15 },
          { type: "Pods", value: 4, periodSeconds: 15 },
        ],
      },
      scaleDown: {
        stabilizationWindowSeconds: 300,
        selectPolicy: "Min",
        policies: [{ type: "Percent", value: 10, periodSeconds: 60 }],
      },
    },
  });
});

const podMetric = (name: string, averageValue: string) => ({
  type: "Pods",
  pods: { metric: { name }, target: { type: "AverageValue", averageValue } },
});

test("a GPU model asks for whole GPUs, goes to their pool past its taint, and to zero when idle", async () => {
  const args = serving({
    gpu: { pool: "gpu", count: 2, runtimeClass: "nvidia" },
    scaleToZero: { prometheusUrl: "http://prometheus.monitoring.svc.cluster.local:9090", requestsPerPod: 50 },
  });
  const recording = await build(args);
  const { spec } = await deploymentOf(args);
  expect(spec.template.spec).toMatchObject({
    runtimeClassName: "nvidia",
    tolerations: [{ key: "nvidia.com/gpu", operator: "Equal", value: "present", effect: "NoSchedule" }],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: "tideline.dev/pool", operator: "In", values: ["gpu"] }] }],
        },
      },
    },
    containers: [{ resources: { requests: { "nvidia.com/gpu": "2" }, limits: { "nvidia.com/gpu": "2" } } }],
  });
  expect(recording.ofType("kubernetes:autoscaling/v2:HorizontalPodAutoscaler")).toEqual([]);
  expect(recording.one("kubernetes:keda.sh/v1alpha1:ScaledObject").inputs.spec).toMatchObject({
    scaleTargetRef: { name: "serving" },
    minReplicaCount: 0,
    maxReplicaCount: 20,
    cooldownPeriod: 300,
    triggers: [{ type: "prometheus", metadata: { threshold: "50", activationThreshold: "0" } }],
  });
});

test("beside the pods stand their name, budget, scrapes, recommendations and way in", async () => {
  const recording = await build(serving());
  expect(recording.one("kubernetes:core/v1:Service").inputs.spec).toMatchObject({
    type: "ClusterIP",
    ports: [
      { name: "http", port: 8080, targetPort: "http", appProtocol: "http" },
      { name: "grpc", port: 8090, targetPort: "grpc", appProtocol: "kubernetes.io/h2c" },
    ],
  });
  expect(recording.one("kubernetes:policy/v1:PodDisruptionBudget").inputs.spec).toMatchObject({
    maxUnavailable: 1,
    selector: { matchLabels: { "app.kubernetes.io/name": "serving", "app.kubernetes.io/instance": "serving" } },
  });
  expect(recording.one("kubernetes:monitoring.coreos.com/v1:ServiceMonitor").inputs.spec).toMatchObject({
    endpoints: [{ port: "http", path: "/metrics" }],
  });
  expect(recording.one("kubernetes:autoscaling.k8s.io/v1:VerticalPodAutoscaler").inputs.spec).toMatchObject({
    updatePolicy: { updateMode: "Off" },
  });
  expect(recording.one("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute").inputs.spec).toMatchObject({
    parentRefs: [{ name: "tideline", namespace: "gateway", sectionName: "https" }],
    hostnames: ["models.example.com"],
    rules: [{ backendRefs: [{ name: "serving", port: 8080 }], timeouts: { request: "30s" } }],
  });
  expect(recording.one("kubernetes:gateway.networking.k8s.io/v1:GRPCRoute").inputs.spec).toMatchObject({
    hostnames: ["grpc.models.example.com"],
    rules: [{ backendRefs: [{ name: "serving", port: 8090 }] }],
  });
});

test("what the cluster lacks gets no objects", async () => {
  const { route: _, ...args } = serving({ features: { monitoring: false, recommendations: false } });
  const recording = await build(args);
  const types = recording.resources.map(({ type }) => type).filter((type) => type.startsWith("kubernetes:"));
  expect(types.sort()).toEqual([
    DEPLOYMENT,
    "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    "kubernetes:core/v1:Service",
    "kubernetes:policy/v1:PodDisruptionBudget",
  ]);
  expect(recording.one("kubernetes:autoscaling/v2:HorizontalPodAutoscaler").inputs.spec).toMatchObject({
    metrics: [{ resource: { name: "cpu" } }, { resource: { name: "memory" } }],
  });
});

test("it can be planned before anything exists", async () => {
  const recording = await recordKubernetes(() => new ServiceWorkload("drift", drift()), { preview: true });
  expect(recording.ofType(DEPLOYMENT)).toHaveLength(1);
});
