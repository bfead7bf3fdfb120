import { eachModelServer } from "../frame/modelServers";
import { defineRule } from "../frame/rule";

/** A deployed model is watched for drift. */
export const modelDriftWatched = defineRule({
  name: "model-drift-watched",
  title: "A deployed model is watched for drift.",
  why: "It grows wrong without an error.",
  fix: "Set DRIFT_URL to the drift service.",
  severity: "medium",
  purpose: "audit",
  types: ["kubernetes:apps/v1:Deployment"],
  check: eachModelServer((variable) => (variable("DRIFT_URL") ? [] : ["DRIFT_URL is not set."])),
});
