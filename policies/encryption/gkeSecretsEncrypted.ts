import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Kubernetes secrets on GKE are encrypted by a key of the project. */
export const gkeSecretsEncrypted = defineRule({
  name: "gke-secrets-encrypted",
  title: "Kubernetes secrets on GKE are encrypted by a key of the project.",
  why: "A key of its own can be refused, watched and revoked.",
  fix: "Set databaseEncryption.state to ENCRYPTED with a keyName.",
  severity: "high",
  purpose: "encryptionAtRest",
  cis: ["GKE 1.6 5.3.1"],
  types: ["gcp:container/cluster:Cluster"],
  check: mustBe("databaseEncryption.state", "ENCRYPTED"),
});
