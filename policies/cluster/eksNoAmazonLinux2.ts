import { read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** No EKS node runs Amazon Linux 2. */
export const eksNoAmazonLinux2 = defineRule({
  name: "eks-no-amazon-linux-2",
  title: "No EKS node runs Amazon Linux 2.",
  why: "EKS images of Amazon Linux 2 got their last patch in November 2025.",
  fix: "Set amiType to an AL2023 or Bottlerocket type.",
  severity: "high",
  purpose: "patching",
  types: ["aws:eks/nodeGroup:NodeGroup"],
  check: ({ props }) => {
    const image = String(read(props, "amiType") ?? "");
    return image.startsWith("AL2_") ? [`amiType is ${image}; take an AL2023 or BOTTLEROCKET type.`] : [];
  },
});
