import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** ECR scans images when they arrive. */
export const ecrScan = defineRule({
  name: "ecr-scan",
  title: "ECR scans images when they arrive.",
  why: "Known flaws go unnoticed otherwise.",
  fix: "Set imageScanningConfiguration.scanOnPush to true.",
  severity: "medium",
  purpose: "patching",
  cis: ["EKS 5.1.1"],
  types: ["aws:ecr/repository:Repository"],
  check: mustBe("imageScanningConfiguration.scanOnPush", true),
});
