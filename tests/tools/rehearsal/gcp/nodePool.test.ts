import { GcpWorld, grantedKey, peeredNetwork } from "../../../support/gcpCloud";

const location = "europe-west4";

/** A world with a cluster, and what makes a cluster or pool in it. */
function start() {
  const world = new GcpWorld();
  const { network, subnet } = peeredNetwork(world);
  const cluster = (inputs: object = {}) =>
    world.create("gcp:container/cluster:Cluster", {
      name: "ml",
      location,
      network: network.id,
      subnetwork: subnet.id,
      ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" },
      defaultMaxPodsPerNode: 64,
      ...inputs,
    });
  const pool = (nodeConfig: object = {}, inputs: object = {}) =>
    world.create("gcp:container/nodePool:NodePool", {
      name: "pool",
      location,
      cluster: "ml",
      autoscaling: { totalMinNodeCount: 0, totalMaxNodeCount: 3 },
      upgradeSettings: { maxSurge: 1, maxUnavailable: 0 },
      nodeConfig: { machineType: "n1-standard-8", ...nodeConfig },
      ...inputs,
    });
  return { world, cluster, pool };
}

describe("a cluster", () => {
  test.each<[string, object, string]>([
    [
      "needs ranges that its subnet has",
      { ipAllocationPolicy: { clusterSecondaryRangeName: "gone" } },
      'Pod or service secondary range "gone" does not exist in network',
    ],
    [
      "has a control plane of sixteen addresses",
      { privateClusterConfig: { masterIpv4CidrBlock: "10.5.0.0/24" } },
      "googleapi: Error 400: Master CIDR block must be a /28, found 10.5.0.0/24., badRequest",
    ],
    [
      "has a control plane apart from the subnets",
      { privateClusterConfig: { masterIpv4CidrBlock: "10.2.0.0/28" } },
      "googleapi: Error 400: Conflicts with existing subnet: 10.2.0.0/28 overlaps 10.2.0.0/20",
    ],
    [
      "stays in its region",
      { nodeLocations: ["us-east1-b"] },
      'googleapi: Error 400: Location "us-east1-b" is not in the region europe-west4., badRequest',
    ],
    [
      "has its project's workload pool",
      { workloadIdentityConfig: { workloadPool: "other.svc.id.goog" } },
      'googleapi: Error 400: Workload Identity pool "other.svc.id.goog" must be "acme-ml-prod.svc.id.goog"., badRequest',
    ],
    [
      "has one policy engine",
      { datapathProvider: "ADVANCED_DATAPATH", networkPolicy: { enabled: true } },
      "Enabling NetworkPolicy for clusters with DatapathProvider=ADVANCED_DATAPATH is not allowed.",
    ],
    [
      "can be maintained",
      {
        maintenancePolicy: {
          recurringWindow: {
            startTime: "2025-01-04T02:00:00Z",
            endTime: "2025-01-04T04:00:00Z",
            recurrence: "FREQ=WEEKLY;BYDAY=SA",
          },
        },
      },
      "Maintenance window must include at least 48 hours of availability in a 32-day period",
    ],
    ["runs a version that is offered", { minMasterVersion: "1.19" }, 'minMasterVersion: found "1.19"'],
  ])("%s", (_, inputs, text) => {
    expect(() => start().cluster(inputs)).toThrow(text);
  });

  test("refuses to go while protected or in use", () => {
    const { world, cluster, pool } = start();
    const { id } = cluster({ deletionProtection: true });
    expect(() => world.delete("gcp:container/cluster:Cluster", id)).toThrow(
      `Cannot destroy ${id} because deletionProtection is set to true. Set it to false and apply before destroying it.`,
    );
    pool();
    const other = start();
    const open = other.cluster({ deletionProtection: false });
    other.pool();
    expect(() => other.world.delete("gcp:container/cluster:Cluster", open.id)).toThrow(
      "resourceInUseByAnotherResource",
    );
  });
});

describe("a pool", () => {
  test.each<[string, object, object, string]>([
    [
      "is of machines that there are",
      { machineType: "n2-standard-7" },
      {},
      'googleapi: Error 400: Machine type with name "n2-standard-7" does not exist in zone., badRequest',
    ],
    [
      "carries accelerators that its machines take",
      { machineType: "n2-standard-8", guestAccelerators: [{ type: "nvidia-tesla-t4", count: 1 }] },
      {},
      'googleapi: Error 400: Accelerator type "nvidia-tesla-t4" is not supported with machine type n2-standard-8., badRequest',
    ],
    [
      "has room to grow",
      {},
      { autoscaling: { totalMinNodeCount: 4, totalMaxNodeCount: 3 } },
      "googleapi: Error 400: Autoscaling total_min_node_count 4 must not exceed total_max_node_count 3",
    ],
    [
      "can be upgraded",
      {},
      { upgradeSettings: { maxSurge: 0, maxUnavailable: 0 } },
      "googleapi: Error 400: max_surge and max_unavailable cannot both be 0., badRequest",
    ],
    [
      "has addresses for its pods",
      {},
      { autoscaling: { totalMinNodeCount: 0, totalMaxNodeCount: 300 } },
      "googleapi: Error 400: IP_SPACE_EXHAUSTED: the pod range 10.2.128.0/17 has 32768 addresses; the cluster's pools at their greatest need 38400., badRequest",
    ],
    [
      "belongs to a cluster",
      {},
      { cluster: "gone" },
      "googleapi: Error 404: cluster: The resource 'gone' was not found, notFound",
    ],
    ["knows its properties", { machinetype: "n1-standard-8" }, {}, "has no such property; did you mean machineType?"],
  ])("%s", (_, nodeConfig, inputs, text) => {
    const { cluster, pool } = start();
    cluster();
    expect(() => pool(nodeConfig, inputs)).toThrow(text);
  });

  test("is encrypted by a key that Compute Engine may use", () => {
    const { world, cluster, pool } = start();
    cluster();
    const key = grantedKey(world, "container-engine-robot");
    expect(() => pool({ bootDiskKmsKey: key })).toThrow("compute-system.iam.gserviceaccount.com");
    expect(pool({ bootDiskKmsKey: grantedKey(world, "compute-system") }).id).toMatch(/nodePools\/pool$/);
  });
});
