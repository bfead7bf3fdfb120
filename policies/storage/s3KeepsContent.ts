import { mustNotBe } from "../frame/checks";
import { defineRule, PRODUCTION } from "../frame/rule";

/** A production bucket with objects cannot be deleted. */
export const s3KeepsContent = defineRule({
  name: "s3-keeps-content",
  title: "A production bucket with objects cannot be deleted.",
  why: "forceDestroy deletes every model version along with the bucket.",
  fix: "Set forceDestroy to false.",
  severity: "medium",
  purpose: "backup",
  levels: PRODUCTION,
  types: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
  check: mustNotBe("forceDestroy", [true]),
});
