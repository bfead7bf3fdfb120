import { mustBe } from "../frame/checks";
import { defineRule, PRODUCTION } from "../frame/rule";

/** A production Cloud SQL database survives the loss of a zone. */
export const cloudsqlMultiZone = defineRule({
  name: "cloudsql-multi-zone",
  title: "A production Cloud SQL database survives the loss of a zone.",
  why: "A zonal instance is down for as long as its zone is.",
  fix: "Set settings.availabilityType to REGIONAL.",
  severity: "high",
  purpose: "availability",
  levels: PRODUCTION,
  types: ["gcp:sql/databaseInstance:DatabaseInstance"],
  check: mustBe("settings.availabilityType", "REGIONAL"),
});
