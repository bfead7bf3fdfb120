import { mustHold } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Kubernetes secrets on EKS are encrypted by a key of the account. */
export const eksSecretsEncrypted = defineRule({
  name: "eks-secrets-encrypted",
  title: "Kubernetes secrets on EKS are encrypted by a key of the account.",
  why: "A key of its own can be refused, watched and revoked; the service's default key cannot.",
  fix: "Set encryptionConfig with resources [secrets] and a KMS key.",
  severity: "high",
  purpose: "encryptionAtRest",
  cis: ["EKS 5.3.1"],
  types: ["aws:eks/cluster:Cluster"],
  check: mustHold("encryptionConfig.resources", ["secrets"]),
});
