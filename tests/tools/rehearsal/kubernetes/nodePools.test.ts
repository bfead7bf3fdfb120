import { clusterOf, nodePlanOf } from "../../../../tools/rehearsal/kubernetes/nodePools";
import { nodeObjects } from "../../../../tools/rehearsal/kubernetes/nodes";
import type { WorldState } from "../../../../tools/rehearsal/world";

const world = (...resources: readonly object[]): WorldState => ({
  sequence: 0,
  clock: 0,
  waited: 0,
  resources: resources.map((resource) => ({
    inputs: {},
    outputs: {},
    ...resource,
  })) as unknown as WorldState["resources"],
});

const gpuTaint = { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" };

test("EKS's node groups", () => {
  const aws = world(
    {
      token: "aws:eks/cluster:Cluster",
      region: "eu-west-1",
      inputs: { name: "ml" },
      outputs: { endpoint: "https://ABC.gr7.eu-west-1.eks.amazonaws.com" },
    },
    {
      token: "aws:eks/nodeGroup:NodeGroup",
      inputs: {
        clusterName: "ml",
        nodeGroupName: "gpu-1",
        labels: { pool: "gpu" },
        launchTemplate: { id: "lt-1", version: "1" },
        taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }],
      },
    },
    { token: "aws:ec2/launchTemplate:LaunchTemplate", id: "lt-1", inputs: { instanceType: "g5.12xlarge" } },
    { token: "aws:eks/nodeGroup:NodeGroup", inputs: { clusterName: "another", nodeGroupName: "x" } },
  );
  expect(nodePlanOf({ aws }, "https://ABC.gr7.eu-west-1.eks.amazonaws.com")).toEqual({
    region: "eu-west-1",
    pools: { "gpu-1": { labels: { pool: "gpu" }, taints: [gpuTaint], gpusPerNode: 4 } },
  });
});

test("GKE's node pools", () => {
  const gcp = world(
    {
      token: "gcp:container/cluster:Cluster",
      region: "us-central1",
      inputs: { name: "ml" },
      outputs: { endpoint: "10.0.0.2" },
    },
    {
      token: "gcp:container/nodePool:NodePool",
      inputs: {
        cluster: "ml",
        name: "gpu",
        nodeConfig: {
          labels: { pool: "gpu" },
          taints: [{ key: "spot", value: "", effect: "PREFER_NO_SCHEDULE" }],
          guestAccelerators: [{ type: "nvidia-tesla-t4", count: 2 }],
        },
      },
    },
  );
  expect(nodePlanOf({ gcp }, "https://10.0.0.2:443")).toEqual({
    region: "us-central1",
    pools: {
      gpu: {
        labels: { pool: "gpu" },
        taints: [{ key: "spot", value: "", effect: "PreferNoSchedule" }],
        gpusPerNode: 2,
      },
    },
  });
});

test("AKS's pools, those inside the cluster too", () => {
  const azure = world(
    {
      token: "azure-native:containerservice:ManagedCluster",
      region: "westeurope",
      inputs: {
        resourceName: "ml",
        agentPoolProfiles: [{ name: "system", nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"] }],
      },
      outputs: { privateFQDN: "ml.private.westeurope.azmk8s.io" },
    },
    {
      token: "azure-native:containerservice:AgentPool",
      inputs: {
        resourceName: "ml",
        agentPoolName: "gpu",
        vmSize: "Standard_NC8as_T4_v3",
        nodeLabels: { pool: "gpu" },
        nodeTaints: ["nvidia.com/gpu=present:NoSchedule"],
      },
    },
  );
  expect(nodePlanOf({ azure }, "https://ml.private.westeurope.azmk8s.io:443").pools).toEqual({
    gpu: { labels: { pool: "gpu" }, taints: [gpuTaint], gpusPerNode: 1 },
    system: {
      labels: {},
      taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" }],
      gpusPerNode: 0,
    },
  });
});

test("GKE brings the Gateway API along where its channel is on; EKS does not", () => {
  const gke = { token: "gcp:container/cluster:Cluster", outputs: { endpoint: "10.0.0.2" } };
  const gcp = world({ ...gke, inputs: { name: "ml", gatewayApiConfig: { channel: "CHANNEL_STANDARD" } } });
  expect(clusterOf({ gcp }, "https://10.0.0.2")).toEqual({ name: "ml", brings: ["gateway-api"] });
  const eks = {
    token: "aws:eks/cluster:Cluster",
    inputs: { name: "ml" },
    outputs: { endpoint: "https://abc.invalid" },
  };
  expect(clusterOf({ aws: world(eks) }, "https://abc.invalid")).toEqual({ name: "ml", brings: [] });
});

test("a server that no cloud has gets no nodes", () => {
  expect(nodePlanOf({ aws: world() }, "https://unknown.invalid")).toEqual({ region: "nowhere", pools: {} });
});

test("a pool has a node in each of three zones, with its GPUs and taints", () => {
  const pools = { gpu: { labels: { pool: "gpu" }, taints: [gpuTaint] as never, gpusPerNode: 4 } };
  const nodes = nodeObjects({ region: "r1", pools });
  expect(nodes.map(({ metadata }) => [metadata.name, metadata.labels?.["topology.kubernetes.io/zone"]])).toEqual([
    ["gpu-0", "r1a"],
    ["gpu-1", "r1b"],
    ["gpu-2", "r1c"],
  ]);
  expect(nodes[0]).toMatchObject({
    metadata: { labels: { pool: "gpu" } },
    spec: { taints: [gpuTaint] },
    status: { capacity: { "nvidia.com/gpu": "4" }, allocatable: { "nvidia.com/gpu": "4" } },
  });
});
