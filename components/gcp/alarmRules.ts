/** What is watched; a rule is left out where its resource is. */
export interface Watched {
  readonly clusterName?: string | undefined;
  /** PROJECT:INSTANCE, as Cloud Monitoring names a database. */
  readonly databaseId?: string | undefined;
  /** projects/PROJECT/locations/REGION/instances/NAME. */
  readonly cacheId?: string | undefined;
}

/** One alarm: a metric that stays beyond a threshold. */
export interface AlarmRule {
  readonly title: string;
  /** Monitoring filter. */
  readonly filter: string;
  readonly comparison: "COMPARISON_GT" | "COMPARISON_LT";
  readonly threshold: number;
  /** Seconds for which it must hold. */
  readonly seconds: number;
  readonly aligner: "ALIGN_MEAN" | "ALIGN_DELTA" | "ALIGN_MIN" | "ALIGN_FRACTION_TRUE";
  /** How several series become one. @default each is judged for itself */
  readonly reducer?: "REDUCE_MEAN";
  readonly severity: "CRITICAL" | "ERROR" | "WARNING";
  /** What to do, for whoever is woken. */
  readonly remedy: string;
}

/** Alarms on cluster, database and cache. Shares are of 1. Source of the metrics: Cloud Monitoring, "Google Cloud metrics". */
export const ALARM_RULES: Readonly<Record<string, (watched: Watched) => AlarmRule | undefined>> = {
  "node-cpu": ({ clusterName }) =>
    node(clusterName, "cpu", "Nodes have little CPU left", "Raise max of the pool, or lower requests."),
  "node-memory": ({ clusterName }) =>
    node(clusterName, "memory", "Nodes have little memory left", "Raise max of the pool, or lower requests."),
  "pod-restarts": ({ clusterName }) =>
    clusterName === undefined
      ? undefined
      : {
          title: "Containers restart again and again",
          filter: metric("kubernetes.io/container/restart_count", "k8s_container", "cluster_name", clusterName),
          comparison: "COMPARISON_GT",
          threshold: 5,
          seconds: 0,
          aligner: "ALIGN_DELTA",
          severity: "ERROR",
          remedy: "Read the container's last log lines; a new version may have to be rolled back.",
        },
  "database-down": ({ databaseId }) =>
    database(databaseId, "up", {
      title: "The database does not answer",
      comparison: "COMPARISON_LT",
      threshold: 1,
      seconds: 120,
      aligner: "ALIGN_MIN",
      severity: "CRITICAL",
      remedy: "See Cloud SQL's operations log for a failover or maintenance.",
    }),
  "database-cpu": ({ databaseId }) =>
    database(databaseId, "cpu/utilization", {
      title: "The database's CPU is busy",
      threshold: 0.8,
      seconds: 900,
      severity: "WARNING",
      remedy: "Find the statement in Query Insights; else choose a larger tier.",
    }),
  "database-disk": ({ databaseId }) =>
    database(databaseId, "disk/utilization", {
      title: "The database's disk fills",
      threshold: 0.85,
      seconds: 300,
      severity: "ERROR",
      remedy: "It grows by itself to its limit; raise storageGb to raise the limit.",
    }),
  "database-connections": ({ databaseId }) =>
    database(databaseId, "postgresql/num_backends", {
      title: "The database has many connections",
      threshold: 80,
      seconds: 300,
      severity: "WARNING",
      remedy: "Pool connections, or look for a client that leaks them.",
    }),
  "cache-memory": ({ cacheId }) =>
    cacheId === undefined
      ? undefined
      : {
          title: "The cache is nearly full",
          filter: metric("redis.googleapis.com/stats/memory/usage_ratio", "redis_instance", "instance_id", cacheId),
          comparison: "COMPARISON_GT",
          threshold: 0.9,
          seconds: 600,
          aligner: "ALIGN_MEAN",
          severity: "WARNING",
          remedy: "Old entries are dropped already; raise memoryGb when hits become rare.",
        },
};

function metric(type: string, resource: string, label: string, value: string): string {
  return `metric.type = "${type}" AND resource.type = "${resource}" AND resource.labels.${label} = "${value}"`;
}

function node(cluster: string | undefined, what: string, title: string, remedy: string): AlarmRule | undefined {
  if (cluster === undefined) return undefined;
  return {
    title,
    filter: metric(`kubernetes.io/node/${what}/allocatable_utilization`, "k8s_node", "cluster_name", cluster),
    comparison: "COMPARISON_GT",
    threshold: 0.9,
    seconds: 900,
    aligner: "ALIGN_MEAN",
    severity: "WARNING",
    remedy,
  };
}

type DatabaseRule = Omit<AlarmRule, "filter" | "comparison" | "aligner"> & Partial<AlarmRule>;

function database(id: string | undefined, what: string, rule: DatabaseRule): AlarmRule | undefined {
  if (id === undefined) return undefined;
  const filter = metric(`cloudsql.googleapis.com/database/${what}`, "cloudsql_database", "database_id", id);
  return { comparison: "COMPARISON_GT", aligner: "ALIGN_MEAN", ...rule, filter };
}
