import { eachModelServer } from "../frame/modelServers";
import { defineRule } from "../frame/rule";

/** A deployed model comes from the object store. */
export const modelSource = defineRule({
  name: "model-source",
  title: "A deployed model comes from the object store.",
  why: "A model inside an image has no version, checksum or reference data.",
  fix: "Set OBJECT_STORE_URL.",
  severity: "medium",
  purpose: "integrity",
  types: ["kubernetes:apps/v1:Deployment"],
  check: eachModelServer((variable) => {
    const url = variable("OBJECT_STORE_URL");
    return url ? [] : ["OBJECT_STORE_URL is not set."];
  }),
});
