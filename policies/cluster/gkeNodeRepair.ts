import { every, mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** GKE repairs and upgrades nodes by itself. */
export const gkeNodeRepair = defineRule({
  name: "gke-node-repair",
  title: "GKE repairs and upgrades nodes by itself.",
  why: "A broken node stays broken and an old one vulnerable.",
  fix: "Set management.autoRepair and management.autoUpgrade to true.",
  severity: "medium",
  purpose: "patching",
  cis: ["GKE 1.6 5.5.2", "GKE 1.6 5.5.3"],
  types: ["gcp:container/nodePool:NodePool"],
  check: every(mustBe("management.autoRepair", true), mustBe("management.autoUpgrade", true)),
});
