import { GcpCluster, type GcpClusterArgs } from "../../../components/gcp/cluster";
import { GcpNetwork } from "../../../components/gcp/network";
import { GcpSecrets } from "../../../components/gcp/secrets";
import { PROJECT, place, recordBoth, recordGcp } from "../../support/gcpCloud";
import { isSecret, unwrap } from "../../support/pulumiMocks";

type Changes = Partial<Omit<GcpClusterArgs, "network" | "keys">>;

function build(changes: Changes = {}) {
  return () => {
    const here = { ...place(changes.environment), ...changes };
    const network = new GcpNetwork("net", { ...here, cidr: "10.2.0.0/16" });
    const { keys } = new GcpSecrets("keys", here);
    return new GcpCluster("ml", {
      ...here,
      network,
      keys,
      version: "1.34",
      nodePools: {
        system: { machineTypes: ["n2-standard-8"], min: 2, max: 15 },
        gpu: { machineTypes: ["n1-standard-8"], min: 0, max: 4, gpu: { type: "nvidia-tesla-t4" } },
      },
      ...changes,
    });
  };
}

const CLUSTER = "gcp:container/cluster:Cluster";
const POOL = "gcp:container/nodePool:NodePool";

describe("the cluster of prod", () => {
  test("is private, encrypted, shielded, and keeps pods' identities apart", async () => {
    for (const recording of await recordBoth(build())) {
      expect(recording.one(CLUSTER).inputs).toMatchObject({
        name: "tideline-prod-ml",
        location: "europe-west4",
        nodeLocations: ["europe-west4-a", "europe-west4-b", "europe-west4-c"],
        privateClusterConfig: {
          enablePrivateNodes: true,
          enablePrivateEndpoint: true,
          masterIpv4CidrBlock: "10.2.50.0/28",
        },
        masterAuthorizedNetworksConfig: { cidrBlocks: [], gcpPublicCidrsAccessEnabled: false },
        datapathProvider: "ADVANCED_DATAPATH",
        workloadIdentityConfig: { workloadPool: `${PROJECT}.svc.id.goog` },
        enableShieldedNodes: true,
        databaseEncryption: { state: "ENCRYPTED" },
        deletionProtection: true,
        releaseChannel: { channel: "REGULAR" },
        costManagementConfig: { enabled: true },
        removeDefaultNodePool: true,
        masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
        maintenancePolicy: { recurringWindow: { recurrence: "FREQ=WEEKLY;BYDAY=SA,SU" } },
      });
    }
  });

  test("ignores what the cloud itself changes, so that no plan ever replaces it for that", async () => {
    const recording = await recordGcp(build());
    expect(recording.one(CLUSTER).ignoreChanges).toEqual(["initialNodeCount", "nodeConfig", "nodeVersion"]);
    for (const pool of recording.ofType(POOL)) {
      expect(pool.ignoreChanges).toEqual(["initialNodeCount", "nodeCount", "version"]);
    }
  });

  test("has pools of their own, on machines that pods cannot use the account of", async () => {
    const recording = await recordGcp(build());
    expect(recording.one(POOL, "ml-system").inputs).toMatchObject({
      name: expect.stringMatching(/^system-[0-9a-f]{6}$/),
      autoscaling: { totalMinNodeCount: 2, totalMaxNodeCount: 15, locationPolicy: "BALANCED" },
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
      nodeConfig: {
        machineType: "n2-standard-8",
        spot: false,
        diskType: "pd-ssd",
        diskSizeGb: 100,
        serviceAccount: `tideline-prod-ml-nodes@${PROJECT}.iam.gserviceaccount.com`,
        workloadMetadataConfig: { mode: "GKE_METADATA" },
        shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
        tags: ["tideline-prod-net-node"],
      },
    });
    const roles = recording.ofType("gcp:projects/iAMMember:IAMMember").map(({ inputs }) => inputs.role);
    expect(roles).toEqual(["roles/container.defaultNodeServiceAccount", "roles/artifactregistry.reader"]);
  });

  test("gives a GPU pool its accelerator, driver and taint", async () => {
    const recording = await recordGcp(build());
    expect(recording.one(POOL, "ml-gpu").inputs).toMatchObject({
      autoscaling: { locationPolicy: "ANY" },
      nodeConfig: {
        guestAccelerators: [
          { type: "nvidia-tesla-t4", count: 1, gpuDriverInstallationConfig: { gpuDriverVersion: "DEFAULT" } },
        ],
        taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }],
        labels: { "tideline.dev/pool": "gpu", workload: "ml" },
      },
    });
    expect(recording.result.nodePools.gpu).toMatchObject({ gpusPerNode: 1 });
  });

  test("says how to reach it, as a secret, with an explicit project and account", async () => {
    const { result } = await recordGcp(build({ administrator: "deployer@acme-ml-prod.iam.gserviceaccount.com" }));
    expect(await isSecret(result.kubeconfig)).toBe(true);
    const config = JSON.parse((await unwrap(result.kubeconfig)) ?? "");
    expect(config.clusters[0].cluster.server).toBe("https://10.2.50.2");
    expect(config.users[0].user.exec.env).toHaveLength(2);
    expect(await unwrap(result.oidcIssuerUrl)).toBe(
      `https://container.googleapis.com/v1/projects/${PROJECT}/locations/europe-west4/clusters/tideline-prod-ml`,
    );
  });
});

test("off prod nodes are spot and the cluster may go", async () => {
  const recording = await recordGcp(build({ environment: "dev" }));
  expect(recording.one(CLUSTER).inputs.deletionProtection).toBe(false);
  for (const { inputs } of recording.ofType(POOL)) expect(inputs.nodeConfig).toMatchObject({ spot: true });
});

test("peered networks are let in without opening the cluster to the internet", async () => {
  const recording = await recordGcp(build({ privateAccessCidrs: ["10.1.0.0/16"] }));
  expect(recording.one(CLUSTER).inputs).toMatchObject({
    privateClusterConfig: { enablePrivateEndpoint: true },
    masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: "10.1.0.0/16" }] },
  });
});

test("the DNS endpoint is reached from outside without opening the address", async () => {
  const recording = await recordGcp(build({ dnsEndpoint: true }));
  expect(recording.one(CLUSTER).inputs).toMatchObject({
    privateClusterConfig: { enablePrivateEndpoint: true },
    controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: true } },
  });
  expect(await unwrap(recording.result.endpoint)).toMatch(/^https:\/\/gke-\d+\.europe-west4\.gke\.goog$/);
});

test.each([
  ["mig", { kind: "mig", partition: "1g.5gb" }, { gpuPartitionSize: "1g.5gb" }],
  [
    "time",
    { kind: "timeShared", clients: 4 },
    { gpuSharingConfig: { gpuSharingStrategy: "TIME_SHARING", maxSharedClientsPerGpu: 4 } },
  ],
  ["mps", { kind: "mps", clients: 8 }, { gpuSharingConfig: { gpuSharingStrategy: "MPS", maxSharedClientsPerGpu: 8 } }],
] as const)("accelerators can be shared by %s", async (_, sharing, expected) => {
  const shared = {
    machineTypes: ["a2-highgpu-1g"],
    min: 0,
    max: 2,
    gpu: { type: "nvidia-tesla-a100", sharing },
    capacity: { reservation: "a100-block" },
  };
  const system = { machineTypes: ["n2-standard-4"], min: 1, max: 3 };
  const recording = await recordGcp(build({ nodePools: { system, shared } }));
  expect(recording.one(POOL, "ml-shared").inputs.nodeConfig).toMatchObject({
    spot: false,
    reservationAffinity: { consumeReservationType: "SPECIFIC_RESERVATION", values: ["a100-block"] },
    guestAccelerators: [{ type: "nvidia-tesla-a100", count: 1, ...expected }],
  });
});
