import { read, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Cloud KMS rotates its keys every 90 days or sooner. */
export const gcpKeyRotation = defineRule({
  name: "gcp-key-rotation",
  title: "Cloud KMS rotates its keys every 90 days or sooner.",
  why: "A key that never changes protects ever more data if it leaks.",
  fix: "Set rotationPeriod to 7776000s or less.",
  severity: "medium",
  purpose: "encryptionAtRest",
  cis: ["GCP 3.0 1.10"],
  config: { maxDays: { type: "number", default: 90, description: "Days between rotations at most." } },
  types: ["gcp:kms/cryptoKey:CryptoKey"],
  check: ({ props }, { maxDays }) => {
    if (!["undefined", "ENCRYPT_DECRYPT"].includes(String(read(props, "purpose")))) return [];
    const period = read(props, "rotationPeriod");
    const days = Number.parseFloat(String(period)) / 86_400;
    return days > 0 && days <= Number(maxDays)
      ? []
      : [`rotationPeriod is ${show(period)}; it must be at most ${maxDays} days.`];
  },
});
