import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** No Cloud SQL database has a public address. */
export const cloudsqlNotPublic = defineRule({
  name: "cloudsql-not-public",
  title: "No Cloud SQL database has a public address.",
  why: "A database on the internet is found within minutes.",
  fix: "Set settings.ipConfiguration.ipv4Enabled to false and give a privateNetwork.",
  severity: "critical",
  purpose: "boundary",
  cis: ["GCP 3.0 6.6"],
  types: ["gcp:sql/databaseInstance:DatabaseInstance"],
  check: mustBe("settings.ipConfiguration.ipv4Enabled", false),
});
