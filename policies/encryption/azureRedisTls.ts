import { mustNotBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Azure's Redis speaks TLS only. */
export const azureRedisTls = defineRule({
  name: "azure-redis-tls",
  title: "Azure's Redis speaks TLS only.",
  why: "Predictions and features cross zones in plain text otherwise.",
  fix: "Set clientProtocol to Encrypted.",
  severity: "high",
  purpose: "encryptionInTransit",
  types: ["azure-native:redisenterprise:Database"],
  check: mustNotBe("clientProtocol", ["Plaintext"]),
});
