import { objects, read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Cloud SQL Postgres writes down who connects. */
export const cloudsqlConnectionLogs = defineRule({
  name: "cloudsql-connection-logs",
  title: "Cloud SQL Postgres writes down who connects.",
  why: "Nobody can tell afterwards who was in the database.",
  fix: "Add the flags log_connections and log_disconnections with value on.",
  severity: "low",
  purpose: "audit",
  cis: ["GCP 3.0 6.2.2", "GCP 3.0 6.2.3"],
  types: ["gcp:sql/databaseInstance:DatabaseInstance"],
  check: ({ props }) => {
    if (!String(read(props, "databaseVersion")).startsWith("POSTGRES")) return [];
    const flags = objects(props, "settings.databaseFlags");
    return ["log_connections", "log_disconnections"].flatMap((name) =>
      flags.some((flag) => flag.name === name && flag.value === "on") ? [] : [`The flag ${name} is not on.`],
    );
  },
});
