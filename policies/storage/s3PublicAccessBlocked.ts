import { every, mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** An S3 public access block blocks all four ways. */
export const s3PublicAccessBlocked = defineRule({
  name: "s3-public-access-blocked",
  title: "An S3 public access block blocks all four ways.",
  why: "One way left open is enough for a public object.",
  fix: "Set blockPublicAcls, blockPublicPolicy, ignorePublicAcls and restrictPublicBuckets to true.",
  severity: "critical",
  purpose: "boundary",
  cis: ["AWS 3.0 2.1.4"],
  types: ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"],
  check: every(
    mustBe("blockPublicAcls", true),
    mustBe("blockPublicPolicy", true),
    mustBe("ignorePublicAcls", true),
    mustBe("restrictPublicBuckets", true),
  ),
});
