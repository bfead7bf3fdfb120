import { mustNotBe } from "../frame/checks";
import { defineRule, PRODUCTION } from "../frame/rule";

/** A production BigQuery dataset with tables cannot be deleted. */
export const bigqueryKeepsContent = defineRule({
  name: "bigquery-keeps-content",
  title: "A production BigQuery dataset with tables cannot be deleted.",
  why: "deleteContentsOnDestroy deletes every feature table.",
  fix: "Set deleteContentsOnDestroy to false.",
  severity: "medium",
  purpose: "backup",
  levels: PRODUCTION,
  types: ["gcp:bigquery/dataset:Dataset"],
  check: mustNotBe("deleteContentsOnDestroy", [true]),
});
