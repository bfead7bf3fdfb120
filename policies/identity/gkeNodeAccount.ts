import { has, readKnown } from "../frame/read";
import { defineRule } from "../frame/rule";

/** GKE nodes do not run as the project's default account. */
export const gkeNodeAccount = defineRule({
  name: "gke-node-account",
  title: "GKE nodes do not run as the project's default account.",
  why: "The default account may edit the whole project.",
  fix: "Set nodeConfig.serviceAccount to an account made for nodes.",
  severity: "high",
  purpose: "leastPrivilege",
  cis: ["GKE 1.6 5.2.1"],
  types: ["gcp:container/nodePool:NodePool"],
  check: ({ props }) => {
    if (!has(props, "nodeConfig.serviceAccount")) return ["nodeConfig.serviceAccount is not set."];
    // An account that is still to be made is not the default one, so its name may be unknown.
    const account = String(readKnown(props, "nodeConfig.serviceAccount"));
    const isDefault = account === "default" || account.endsWith("-compute@developer.gserviceaccount.com");
    return isDefault ? [`nodeConfig.serviceAccount is ${account}, the project's default.`] : [];
  },
});
