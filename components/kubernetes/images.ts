/** Images of third parties that our own objects run; charts bring theirs. A mirror replaces the host by config. */
export const IMAGES = {
  kubeBench: "docker.io/aquasec/kube-bench:v0.15.6",
  /** The variant with drivers of Postgres and of the clouds' object stores. */
  mlflow: "ghcr.io/mlflow/mlflow:v3.16.1-full",
  postgres: "ghcr.io/cloudnative-pg/postgresql:17.5",
  rclone: "docker.io/rclone/rclone:1.75.1",
  redis: "docker.io/library/redis:8.2.1-alpine",
  redisExporter: "docker.io/oliver006/redis_exporter:v1.74.0",
  /** The same version as the chart `vault` installs. */
  vault: "docker.io/hashicorp/vault:2.0.3",
} as const;
