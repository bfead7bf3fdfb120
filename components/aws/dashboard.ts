/** What the dashboard shows. */
export interface DashboardFacts {
  readonly region: string;
  readonly clusterName: string;
  /** Name of the database in RDS. */
  readonly databaseIdentifier: string;
  /** Beginning of the names of the node groups' autoscaling groups. */
  readonly nodeGroupPrefix: string;
}

/** Body of the CloudWatch dashboard: nodes above, the database below. */
export function dashboardBody(facts: DashboardFacts): string {
  const { region, clusterName, databaseIdentifier, nodeGroupPrefix } = facts;
  const rds = (title: string, metric: string, statistic: string) => ({
    title,
    metrics: [["AWS/RDS", metric, "DBInstanceIdentifier", databaseIdentifier, { stat: statistic }]],
  });
  const eks = (title: string, metric: string) => ({
    title,
    metrics: [["AWS/EKS", metric, "ClusterName", clusterName, { stat: "Maximum" }]],
  });
  const search = `SEARCH('{AWS/EC2,AutoScalingGroupName} MetricName="CPUUtilization" "${nodeGroupPrefix}"', 'Average', 300)`;
  const charts = [
    { title: "Node CPU by pool, %", metrics: [[{ expression: search, id: "cpu" }]] },
    eks("Pods that wait for a node", "scheduler_pending_pods_UNSCHEDULABLE"),
    eks("API server storage, bytes", "apiserver_storage_size_bytes"),
    rds("Database CPU, %", "CPUUtilization", "Average"),
    rds("Database connections", "DatabaseConnections", "Maximum"),
    rds("Database free storage, bytes", "FreeStorageSpace", "Minimum"),
  ];
  return JSON.stringify({
    widgets: charts.map(({ title, metrics }, index) => ({
      type: "metric",
      x: (index % 3) * 8,
      y: Math.floor(index / 3) * 6,
      width: 8,
      height: 6,
      properties: { title, metrics, region, view: "timeSeries", period: 300 },
    })),
  });
}
