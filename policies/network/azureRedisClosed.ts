import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Azure's Redis answers only inside the network. */
export const azureRedisClosed = defineRule({
  name: "azure-redis-closed",
  title: "Azure's Redis answers only inside the network.",
  why: "Every address of the internet may try otherwise.",
  fix: "Set publicNetworkAccess to Disabled.",
  severity: "high",
  purpose: "boundary",
  types: ["azure-native:redisenterprise:RedisEnterprise"],
  check: mustBe("publicNetworkAccess", "Disabled"),
});
