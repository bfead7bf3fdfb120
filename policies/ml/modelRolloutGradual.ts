import { modelServers } from "../frame/modelServers";
import { read, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** A new model takes over pod by pod. */
export const modelRolloutGradual = defineRule({
  name: "model-rollout-gradual",
  title: "A new model takes over pod by pod.",
  why: "With Recreate every request fails while the model loads.",
  fix: "Set spec.strategy.type to RollingUpdate.",
  severity: "medium",
  purpose: "availability",
  types: ["kubernetes:apps/v1:Deployment"],
  check: (resource) => {
    const type = read(resource.props, "spec.strategy.type");
    if (modelServers(resource).length === 0 || type === undefined || type === "RollingUpdate") return [];
    return [`spec.strategy.type is ${show(type)}; it must be RollingUpdate.`];
  },
});
