import type { ResourceType, Rule } from "../resourceType";
import { azureType, CIDR, fixed, flag, input, list, nested, number, object, oneOf, text } from "./azureType";

const REGISTRY = "azure-native:containerregistry:Registry";

/** What only Premium registries have. */
const needsPremium: Rule = ({ inputs }) => {
  if (nested(inputs.sku, "name") === "Premium") return undefined;
  const retention = nested(inputs.policies, "retentionPolicy", "status") === "enabled";
  const asked = [
    inputs.publicNetworkAccess === "Disabled" ? "publicNetworkAccess" : "",
    inputs.networkRuleSet === undefined ? "" : "networkRuleSet",
    inputs.zoneRedundancy === "Enabled" ? "zoneRedundancy" : "",
    retention ? "policies.retentionPolicy" : "",
  ].find((property) => property !== "");
  return asked && `FeatureNotSupportedForSku: ${asked} is available in registries of sku Premium alone.`;
};

const replicates: Rule = (made) => {
  const registry = made.world.find([REGISTRY], made.inputs.registryName);
  if (nested(registry?.inputs.sku, "name") !== "Premium") {
    return `ReplicationNotSupported: Registry ${input(made, "registryName")} is of sku ${nested(registry?.inputs.sku, "name")}; replicas need Premium.`;
  }
  return registry?.outputs.location === made.inputs.location
    ? `ReplicationAlreadyExists: Registry ${input(made, "registryName")} is in ${input(made, "location")} itself.`
    : undefined;
};

const zoneRedundancy = fixed(oneOf("Enabled", "Disabled"));

/** Container registries. Sources: Azure REST API, Microsoft.ContainerRegistry 2024. */
export const registryTypes: readonly ResourceType[] = [
  azureType({
    token: REGISTRY,
    kind: "Microsoft.ContainerRegistry/registries",
    name: "registryName",
    inputs: {
      registryName: text({ pattern: /[A-Za-z0-9]{5,50}/ }),
      sku: object({ name: text({ required: true, values: ["Basic", "Standard", "Premium"] }) }, { required: true }),
      adminUserEnabled: flag({ default: false }),
      anonymousPullEnabled: flag({ default: false }),
      publicNetworkAccess: oneOf("Enabled", "Disabled"),
      networkRuleSet: object({
        defaultAction: text({ required: true, values: ["Allow", "Deny"] }),
        ipRules: list(object({ action: oneOf("Allow"), iPAddressOrRange: text({ required: true, pattern: CIDR }) }), {
          max: 200,
        }),
      }),
      networkRuleBypassOptions: oneOf("AzureServices", "None"),
      zoneRedundancy,
      policies: object({
        retentionPolicy: object({ status: oneOf("enabled", "disabled"), days: number({ min: 0, max: 365 }) }),
      }),
    },
    rules: [needsPremium],
    unique: { property: "registryName", within: "world" },
    outputs: (made) => ({ loginServer: `${input(made, "registryName")}.azurecr.io` }),
  }),
  azureType({
    token: "azure-native:containerregistry:Replication",
    kind: "Microsoft.ContainerRegistry/registries/replications",
    name: "replicationName",
    parent: { input: "registryName", type: REGISTRY },
    inputs: {
      replicationName: text({ pattern: /[A-Za-z0-9]{5,50}/ }),
      regionEndpointEnabled: flag(),
      zoneRedundancy,
    },
    rules: [replicates],
    outputs: () => ({ status: { displayStatus: "Ready" } }),
  }),
];
