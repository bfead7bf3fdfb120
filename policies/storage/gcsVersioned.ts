import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Cloud Storage keeps former versions of objects. */
export const gcsVersioned = defineRule({
  name: "gcs-versioned",
  title: "Cloud Storage keeps former versions of objects.",
  why: "An overwritten model or data set is gone otherwise.",
  fix: "Set versioning.enabled to true.",
  severity: "medium",
  purpose: "backup",
  types: ["gcp:storage/bucket:Bucket"],
  check: mustBe("versioning.enabled", true),
});
