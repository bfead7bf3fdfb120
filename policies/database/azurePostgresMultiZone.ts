import { mustBe } from "../frame/checks";
import { defineRule, PRODUCTION } from "../frame/rule";

/** A production Azure Postgres survives the loss of a zone. */
export const azurePostgresMultiZone = defineRule({
  name: "azure-postgres-multi-zone",
  title: "A production Azure Postgres survives the loss of a zone.",
  why: "A single server is down for as long as its zone is.",
  fix: "Set highAvailability.mode to ZoneRedundant.",
  severity: "high",
  purpose: "availability",
  levels: PRODUCTION,
  types: ["azure-native:dbforpostgresql:Server"],
  check: mustBe("highAvailability.mode", "ZoneRedundant"),
});
