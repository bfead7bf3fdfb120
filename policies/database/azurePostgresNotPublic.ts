import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** No Azure Postgres has a public address. */
export const azurePostgresNotPublic = defineRule({
  name: "azure-postgres-not-public",
  title: "No Azure Postgres has a public address.",
  why: "A database on the internet is found within minutes.",
  fix: "Set network.publicNetworkAccess to Disabled.",
  severity: "critical",
  purpose: "boundary",
  types: ["azure-native:dbforpostgresql:Server"],
  check: mustBe("network.publicNetworkAccess", "Disabled"),
});
