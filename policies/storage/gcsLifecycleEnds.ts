import { has, objects, read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Cloud Storage removes former versions some day. */
export const gcsLifecycleEnds = defineRule({
  name: "gcs-lifecycle-ends",
  title: "Cloud Storage removes former versions some day.",
  why: "They cannot be seen in a listing and cost like the rest.",
  fix: "Add a lifecycle rule that deletes archived versions.",
  severity: "low",
  purpose: "retention",
  types: ["gcp:storage/bucket:Bucket"],
  check: ({ props }) =>
    objects(props, "lifecycleRules").some(
      (rule) =>
        read(rule, "action.type") === "Delete" &&
        (has(rule, "condition.numNewerVersions") ||
          has(rule, "condition.daysSinceNoncurrentTime") ||
          has(rule, "condition.age")),
    )
      ? []
      : ["No lifecycle rule deletes anything."],
});
