import { show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Azure Postgres writes down who connects. */
export const azurePostgresConnectionLogs = defineRule({
  name: "azure-postgres-connection-logs",
  title: "Azure Postgres writes down who connects.",
  why: "Nobody can tell afterwards who was in the database.",
  fix: "Set log_connections and log_disconnections to on.",
  severity: "low",
  purpose: "audit",
  types: ["azure-native:dbforpostgresql:Configuration"],
  check: ({ props }) => {
    const name = String(props.configurationName);
    if (!["log_connections", "log_disconnections"].includes(name) || props.value === "on") return [];
    return [`${name} is ${show(props.value)}; it must be on.`];
  },
});
