/** What is watched; a rule is left out where its resource is. */
export type WatchedPart = "cluster" | "database" | "cache";

/** One alarm: a metric that stays beyond a threshold. */
export interface AlarmRule {
  readonly title: string;
  readonly part: WatchedPart;
  /** Metric of the part's resource type. Source: Azure Monitor, "Supported metrics". */
  readonly metric: string;
  readonly aggregation: "Average" | "Maximum" | "Minimum";
  readonly operator: "GreaterThan" | "LessThan";
  readonly threshold: number;
  /** Minutes for which it must hold. */
  readonly minutes: 5 | 15;
  /** 0 critical, 1 error, 2 warning. */
  readonly severity: 0 | 1 | 2;
  /** What to do, for whoever is woken. */
  readonly remedy: string;
}

/** Resource types of the parts, which metrics belong to. */
export const NAMESPACES: Readonly<Record<WatchedPart, string>> = {
  cluster: "Microsoft.ContainerService/managedClusters",
  database: "Microsoft.DBforPostgreSQL/flexibleServers",
  cache: "Microsoft.Cache/redisEnterprise",
};

/** Alarms on cluster, database and cache, by name. Shares are percentages. */
export const ALARM_RULES: Readonly<Record<string, AlarmRule>> = {
  "node-cpu": node("node_cpu_usage_percentage", "Nodes have little CPU left"),
  "node-memory": node("node_memory_working_set_percentage", "Nodes have little memory left"),
  "node-disk": {
    ...node("node_disk_usage_percentage", "A node's disk fills"),
    aggregation: "Maximum",
    threshold: 85,
    remedy: "Remove images and logs, or raise diskGb of the pool.",
  },
  "database-down": {
    title: "The database does not answer",
    part: "database",
    metric: "is_db_alive",
    aggregation: "Minimum",
    operator: "LessThan",
    threshold: 1,
    minutes: 5,
    severity: 0,
    remedy: "See the server's resource health for a failover or maintenance.",
  },
  "database-cpu": {
    ...database("cpu_percent", "The database's CPU is busy", 80),
    minutes: 15,
    remedy: "Find the statement in Query Store; else choose a larger size.",
  },
  "database-disk": {
    ...database("storage_percent", "The database's storage fills", 85),
    severity: 1,
    remedy: "It grows by itself; raise storageGb when it grows often.",
  },
  "database-connections": {
    ...database("active_connections", "The database has many connections", 80),
    remedy: "Pool connections, or look for a client that leaks them.",
  },
  "cache-memory": {
    title: "The cache is nearly full",
    part: "cache",
    metric: "usedmemorypercentage",
    aggregation: "Maximum",
    operator: "GreaterThan",
    threshold: 90,
    minutes: 15,
    severity: 2,
    remedy: "Old entries are dropped already; choose a larger size when hits become rare.",
  },
};

function node(metric: string, title: string): AlarmRule {
  return {
    title,
    part: "cluster",
    metric,
    aggregation: "Average",
    operator: "GreaterThan",
    threshold: 90,
    minutes: 15,
    severity: 2,
    remedy: "Raise max of the pool, or lower requests.",
  };
}

function database(metric: string, title: string, threshold: number): Omit<AlarmRule, "remedy"> {
  return {
    title,
    part: "database",
    metric,
    aggregation: "Average",
    operator: "GreaterThan",
    threshold,
    minutes: 5,
    severity: 2,
  };
}
