import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** S3 objects have no access lists of their own. */
export const s3NoAcl = defineRule({
  name: "s3-no-acl",
  title: "S3 objects have no access lists of their own.",
  why: "An access list on one object overrides what the bucket's policy says.",
  fix: "Set rule.objectOwnership to BucketOwnerEnforced.",
  severity: "medium",
  purpose: "access",
  types: ["aws:s3/bucketOwnershipControls:BucketOwnershipControls"],
  check: mustBe("rule.objectOwnership", "BucketOwnerEnforced"),
});
