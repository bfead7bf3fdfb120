import { mustBe } from "../frame/checks";
import { setTo } from "../frame/remedies";
import { defineRule } from "../frame/rule";

/** Cloud Storage objects have no access lists of their own. */
export const gcsUniformAccess = defineRule({
  name: "gcs-uniform-access",
  title: "Cloud Storage objects have no access lists of their own.",
  why: "An access list on one object overrides what the bucket says.",
  fix: "Set uniformBucketLevelAccess to true.",
  severity: "medium",
  purpose: "access",
  cis: ["GCP 3.0 5.2"],
  types: ["gcp:storage/bucket:Bucket"],
  check: mustBe("uniformBucketLevelAccess", true),
  remedy: setTo("uniformBucketLevelAccess", true),
});
