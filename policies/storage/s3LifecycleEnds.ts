import { has, objects } from "../frame/read";
import { defineRule } from "../frame/rule";

/** S3 removes broken uploads and former versions some day. */
export const s3LifecycleEnds = defineRule({
  name: "s3-lifecycle-ends",
  title: "S3 removes broken uploads and former versions some day.",
  why: "They cannot be seen in a listing and cost like the rest.",
  fix: "Give a rule abortIncompleteMultipartUpload and noncurrentVersionExpiration.",
  severity: "low",
  purpose: "retention",
  types: ["aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"],
  check: ({ props }) => {
    const rules = objects(props, "rules").filter(({ status }) => status === "Enabled");
    return ["abortIncompleteMultipartUpload", "noncurrentVersionExpiration"].flatMap((part) =>
      rules.some((rule) => has(rule, part)) ? [] : [`No enabled rule has ${part}.`],
    );
  },
});
