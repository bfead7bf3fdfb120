import { eachModelServer } from "../frame/modelServers";
import { show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** A deployed model has a version. */
export const modelVersionPinned = defineRule({
  name: "model-version-pinned",
  title: "A deployed model has a version.",
  why: 'A pod that restarts under "latest" serves another model than its neighbours.',
  fix: "Set MODEL_VERSION to the number that was tested.",
  severity: "high",
  purpose: "integrity",
  types: ["kubernetes:apps/v1:Deployment"],
  check: eachModelServer((variable) => {
    const version = variable("MODEL_VERSION");
    return /^[1-9]\d*$/.test(version ?? "") ? [] : [`MODEL_VERSION is ${show(version)}; it must be a number.`];
  }),
});
