import { every, mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** GKE nodes boot only signed software and watch for changes of it. */
export const gkeSecureBoot = defineRule({
  name: "gke-secure-boot",
  title: "GKE nodes boot only signed software and watch for changes of it.",
  why: "What is put below the kernel is never seen above it.",
  fix: "Set enableSecureBoot and enableIntegrityMonitoring of nodeConfig.shieldedInstanceConfig to true.",
  severity: "medium",
  purpose: "hardening",
  cis: ["GKE 1.6 5.5.6", "GKE 1.6 5.5.7"],
  types: ["gcp:container/nodePool:NodePool"],
  check: every(
    mustBe("nodeConfig.shieldedInstanceConfig.enableSecureBoot", true),
    mustBe("nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring", true),
  ),
});
