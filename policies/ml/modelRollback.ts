import { modelServers } from "../frame/modelServers";
import { read, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** A deployed model can be rolled back. */
export const modelRollback = defineRule({
  name: "model-rollback",
  title: "A deployed model can be rolled back.",
  why: "Without a former revision the way back from a bad model is a new build.",
  fix: "Leave spec.revisionHistoryLimit unset, or set it to 2 or more.",
  severity: "medium",
  purpose: "availability",
  types: ["kubernetes:apps/v1:Deployment"],
  check: (resource) => {
    const limit = read(resource.props, "spec.revisionHistoryLimit");
    if (modelServers(resource).length === 0 || limit === undefined || Number(limit) >= 2) return [];
    return [`spec.revisionHistoryLimit is ${show(limit)}; it must be at least 2.`];
  },
});
