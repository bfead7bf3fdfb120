export type Cloud = "aws" | "gcp" | "azure";

/** Steps as `update NodeGroup` to their number. */
export type Plan = Readonly<Record<string, number>>;

/** A change of one cloud's settings with the engine's plan of it. */
export interface SafeChange {
  readonly cloud: Cloud;
  /** Settings below the cloud's section. */
  readonly set: Readonly<Record<string, unknown>>;
  readonly plan: Plan;
}

/**
 * Safe changes and the plan that the engine makes of each. Changes of one title are planned in one run, each cloud's
 * steps apart.
 */
export const SAFE_CHANGES: readonly [title: string, changes: readonly SafeChange[]][] = [
  [
    "more nodes in a pool",
    [
      { cloud: "aws", set: { "cluster.nodePools.general.max": 30 }, plan: { "update NodeGroup": 1 } },
      { cloud: "gcp", set: { "cluster.nodePools.general.max": 30 }, plan: { "update NodePool": 1 } },
      { cloud: "azure", set: { "cluster.nodePools.general.max": 30 }, plan: { "update AgentPool": 1 } },
    ],
  ],
  [
    "the next Kubernetes version",
    [
      {
        cloud: "aws",
        set: { "cluster.version": "1.35" },
        plan: { "update Cluster": 1, "update NodeGroup": 3, "update Addon": 5 },
      },
      { cloud: "gcp", set: { "cluster.version": "1.35" }, plan: { "update Cluster": 1 } },
      { cloud: "azure", set: { "cluster.version": "1.35" }, plan: { "update ManagedCluster": 1 } },
    ],
  ],
  [
    "another pool",
    [
      {
        cloud: "aws",
        set: { "cluster.nodePools.batch": { machineTypes: ["m6i.large"], min: 0, max: 2 } },
        plan: { "create LaunchTemplate": 1, "create NodeGroup": 1 },
      },
      {
        cloud: "gcp",
        set: { "cluster.nodePools.batch": { machineTypes: ["n2-standard-4"], min: 0, max: 2 } },
        plan: { "create NodePool": 1 },
      },
      {
        cloud: "azure",
        set: { "cluster.nodePools.batch": { machineTypes: ["Standard_D4s_v5"], min: 0, max: 2 } },
        plan: { "create AgentPool": 1 },
      },
    ],
  ],
  [
    "one more zone",
    [
      {
        cloud: "aws",
        set: { "network.zones": 3 },
        plan: {
          "create Subnet": 3,
          "create RouteTable": 1,
          "create RouteTableAssociation": 3,
          "create VpnGatewayRoutePropagation": 1,
          "create Eip": 1,
          "create NatGateway": 1,
          "create Route": 1,
          "create MetricAlarm": 1,
          "update SubnetGroup": 2,
          "update VpcEndpoint": 17,
        },
      },
      { cloud: "gcp", set: { "network.zones": 3 }, plan: { "update Cluster": 1, "update NodePool": 2 } },
    ],
  ],
  [
    "larger disks of nodes",
    [
      { cloud: "aws", set: { "cluster.nodePools.gpu.diskGb": 300 }, plan: { "update LaunchTemplate": 1 } },
      { cloud: "gcp", set: { "cluster.nodePools.gpu.diskGb": 300 }, plan: { "update NodePool": 1 } },
    ],
  ],
  [
    "more storage for the database",
    [
      {
        cloud: "aws",
        set: { "database.storageGb": 1024 },
        plan: { "update Instance": 1, "update MetricAlarm": 1 },
      },
      { cloud: "gcp", set: { "database.storageGb": 1024 }, plan: { "update DatabaseInstance": 1 } },
      { cloud: "azure", set: { "database.storageGb": 1024 }, plan: { "update Server": 1 } },
    ],
  ],
  [
    "a larger database that keeps backups longer",
    [
      {
        cloud: "aws",
        set: { "database.machineType": "db.r5.4xlarge", "database.backupRetentionDays": 35 },
        plan: { "update Instance": 1 },
      },
      {
        cloud: "gcp",
        set: { "database.machineType": "db-custom-16-65536", "database.backupRetentionDays": 35 },
        plan: { "update DatabaseInstance": 1 },
      },
      {
        cloud: "azure",
        set: { "database.machineType": "GP_Standard_D8s_v3", "database.backupRetentionDays": 35 },
        plan: { "update Server": 1 },
      },
    ],
  ],
  [
    "an API server reached from the office",
    [
      {
        cloud: "aws",
        set: { "cluster.publicAccessCidrs": ["203.0.113.0/24"] },
        plan: { "update Cluster": 1 },
      },
      {
        cloud: "gcp",
        set: { "cluster.publicAccessCidrs": ["203.0.113.0/24"] },
        plan: { "update Cluster": 1 },
      },
      {
        cloud: "azure",
        set: { "cluster.publicAccessCidrs": ["203.0.113.0/24"] },
        plan: { "update ManagedCluster": 1 },
      },
    ],
  ],
  [
    "labels of a pool",
    [
      { cloud: "aws", set: { "cluster.nodePools.general.labels": { team: "ml" } }, plan: { "update NodeGroup": 1 } },
      { cloud: "gcp", set: { "cluster.nodePools.general.labels": { team: "ml" } }, plan: { "update NodePool": 1 } },
      { cloud: "azure", set: { "cluster.nodePools.general.labels": { team: "ml" } }, plan: { "update AgentPool": 1 } },
    ],
  ],
  [
    "larger machines in the GPU pool",
    [
      {
        cloud: "aws",
        set: { "cluster.nodePools.gpu.machineTypes": ["g5.4xlarge"] },
        plan: { "update LaunchTemplate": 1 },
      },
      {
        cloud: "gcp",
        set: { "cluster.nodePools.gpu.machineTypes": ["n1-standard-16"] },
        plan: { "update NodePool": 1 },
      },
    ],
  ],
  [
    "a budget",
    [
      { cloud: "aws", set: { monthlyBudget: 1000 }, plan: { "create Budget": 1 } },
      {
        cloud: "gcp",
        set: { monthlyBudget: 1000, billingAccount: "012345-6789AB-CDEF01" },
        plan: { "create Budget": 1 },
      },
      { cloud: "azure", set: { monthlyBudget: 1000, budgetStartsOn: "2099-01-01" }, plan: { "create Budget": 1 } },
    ],
  ],
];
