import { mustNotBe } from "../frame/checks";
import { defineRule, PRODUCTION } from "../frame/rule";

/** A production bucket with objects cannot be deleted. */
export const gcsKeepsContent = defineRule({
  name: "gcs-keeps-content",
  title: "A production bucket with objects cannot be deleted.",
  why: "forceDestroy deletes every model version along with the bucket.",
  fix: "Set forceDestroy to false.",
  severity: "medium",
  purpose: "backup",
  levels: PRODUCTION,
  types: ["gcp:storage/bucket:Bucket"],
  check: mustNotBe("forceDestroy", [true]),
});
