import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** S3 keeps former versions of objects. */
export const s3Versioned = defineRule({
  name: "s3-versioned",
  title: "S3 keeps former versions of objects.",
  why: "An overwritten model or data set is gone otherwise.",
  fix: "Set versioningConfiguration.status to Enabled.",
  severity: "medium",
  purpose: "backup",
  types: ["aws:s3/bucketVersioning:BucketVersioning"],
  check: mustBe("versioningConfiguration.status", "Enabled"),
});
