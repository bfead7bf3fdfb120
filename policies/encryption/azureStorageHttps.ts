import { every, mustBeOneOf, mustNotBe } from "../frame/checks";
import { setTo } from "../frame/remedies";
import { defineRule } from "../frame/rule";

/** Azure storage answers only HTTPS with TLS 1.2 or later. */
export const azureStorageHttps = defineRule({
  name: "azure-storage-https",
  title: "Azure storage answers only HTTPS with TLS 1.2 or later.",
  why: "Models and data cross the network in plain text otherwise.",
  fix: "Set enableHttpsTrafficOnly to true and minimumTlsVersion to TLS1_2.",
  severity: "high",
  purpose: "encryptionInTransit",
  cis: ["Azure 3.0 4.1", "Azure 3.0 4.15"],
  types: ["azure-native:storage:StorageAccount"],
  check: every(mustNotBe("enableHttpsTrafficOnly", [false]), mustBeOneOf("minimumTlsVersion", ["TLS1_2", "TLS1_3"])),
  remedy: setTo("enableHttpsTrafficOnly", true),
});
