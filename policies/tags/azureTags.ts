import { missingLabels } from "../frame/labels";
import { texts } from "../frame/read";
import { defineRule } from "../frame/rule";
import { textsSetting } from "../frame/settings";

/** Azure resources say whose they are. */
export const azureTags = defineRule({
  name: "azure-tags",
  title: "Azure resources say whose they are.",
  why: "A bill without tags is nobody's, and so is a leak.",
  fix: "Set tags.",
  severity: "low",
  purpose: "ownership",
  config: {
    required: textsSetting(["stack", "environment", "managed-by"], "Tags that must have a value."),
  },
  types: [
    "azure-native:resources:ResourceGroup",
    "azure-native:containerservice:ManagedCluster",
    "azure-native:containerservice:AgentPool",
    "azure-native:dbforpostgresql:Server",
    "azure-native:storage:StorageAccount",
    "azure-native:keyvault:Vault",
    "azure-native:containerregistry:Registry",
    "azure-native:redisenterprise:RedisEnterprise",
    "azure-native:network:VirtualNetwork",
    "azure-native:operationalinsights:Workspace",
  ],
  check: ({ props }, settings) => missingLabels(["tags"], props, texts(settings, "required")),
});
