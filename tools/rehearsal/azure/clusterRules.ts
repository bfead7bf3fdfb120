import { cidrContains, cidrsOverlap } from "../cidr";
import type { Made, Rule } from "../resourceType";
import { IDENTITY, ROLE_ASSIGNMENT } from "./access";
import { agentPoolRefusals } from "./agentPoolRules";
import { nested, settled } from "./azureType";
import { SUBNET, VIRTUAL_NETWORK } from "./network";
import { VAULT } from "./vault";

/** Ranges that AKS keeps for itself. */
const RESERVED = ["169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24"];

const NETWORK_CONTRIBUTOR = "4d97b98b-1d4f-4787-a291-c67834d212e7";
const KEY_VAULT_CRYPTO_USER = "12338af0-0e69-4776-bea7-57ae8d297424";
const MANAGED_IDENTITY_OPERATOR = "f1a07417-d97a-45cb-824c-7a7467783830";

const hasSystemPool: Rule = ({ inputs }) =>
  ((inputs.agentPoolProfiles ?? []) as readonly unknown[]).some((pool) => nested(pool, "mode") === "System")
    ? undefined
    : "InvalidParameter: There must be at least one system agent pool.";

const poolsAreValid: Rule = ({ inputs }) => {
  const pools = (inputs.agentPoolProfiles ?? []) as readonly Record<string, unknown>[];
  return pools.flatMap((pool) => agentPoolRefusals.flatMap((refusal) => refusal(pool) ?? []))[0];
};

/** Is a role given to the cluster's identity on what it needs? AKS looks before it begins. */
function mayUse(made: Made, scope: unknown, role: string, action: string): string | undefined {
  const [identityId] = (nested(made.inputs.identity, "userAssignedIdentities") ?? []) as readonly unknown[];
  const identity = made.world.find([IDENTITY], identityId);
  const given = made.world.resources.some(
    ({ token, inputs }) =>
      token === ROLE_ASSIGNMENT &&
      inputs.principalId === identity?.outputs.principalId &&
      inputs.scope === scope &&
      String(inputs.roleDefinitionId).endsWith(role),
  );
  return given
    ? undefined
    : `LinkedAuthorizationFailed: The client ${identity?.outputs.clientId} has no permission to perform action '${action}' on scope ${scope}.`;
}

const identityMayAct: Rule = (made) => {
  const pools = (made.inputs.agentPoolProfiles ?? []) as readonly unknown[];
  const { apiServerAccessProfile, identityProfile, securityProfile } = made.inputs;
  const kms = nested(securityProfile, "azureKeyVaultKms");
  const kubelet = nested(identityProfile, "kubeletidentity", "resourceId");
  const join = "Microsoft.Network/virtualNetworks/subnets/join/action";
  const subnets = [...pools.map((pool) => nested(pool, "vnetSubnetID")), nested(apiServerAccessProfile, "subnetId")];
  const denied = subnets.flatMap((subnet) =>
    subnet === undefined ? [] : (mayUse(made, subnet, NETWORK_CONTRIBUTOR, join) ?? []),
  );
  return (
    denied[0] ??
    (nested(kms, "enabled") === true
      ? mayUse(
          made,
          nested(kms, "keyVaultResourceId"),
          KEY_VAULT_CRYPTO_USER,
          "Microsoft.KeyVault/vaults/keys/encrypt/action",
        )
      : undefined) ??
    (kubelet === undefined
      ? undefined
      : mayUse(
          made,
          kubelet,
          MANAGED_IDENTITY_OPERATOR,
          "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
        ))
  );
};

const ranges: Rule = (made) => {
  const { podCidr, serviceCidr, dnsServiceIP } = made.inputs.networkProfile as Record<string, string>;
  const network = networkOf(made);
  const spaces = (nested(network?.inputs.addressSpace, "addressPrefixes") ?? []) as readonly string[];
  for (const [name, cidr] of Object.entries({ podCidr, serviceCidr })) {
    const clash = [...spaces, ...RESERVED].find((other) => cidrsOverlap(other, cidr ?? ""));
    if (clash) return `InvalidParameter: The ${name} ${cidr} overlaps ${clash}.`;
  }
  if (cidrsOverlap(podCidr ?? "", serviceCidr ?? "")) return "InvalidParameter: podCidr and serviceCidr overlap.";
  return cidrContains(serviceCidr ?? "", `${dnsServiceIP}/32`)
    ? undefined
    : `InvalidParameter: The DNS service IP ${dnsServiceIP} lies outside serviceCidr ${serviceCidr}.`;
};

function networkOf(made: Made) {
  const subnet = made.world.find([SUBNET], nested(made.inputs.agentPoolProfiles, "0", "vnetSubnetID"));
  return made.world.find([VIRTUAL_NETWORK], subnet?.inputs.virtualNetworkName);
}

/** The API server's subnet is AKS's alone, and outbound traffic by NAT gateway needs one on the nodes' subnet. */
const subnetsFit: Rule = (made) => {
  const { apiServerAccessProfile, networkProfile, agentPoolProfiles } = made.inputs;
  const apiServer = made.world.find([SUBNET], nested(apiServerAccessProfile, "subnetId"));
  const service = nested(apiServer?.inputs.delegations, "0", "serviceName");
  if (apiServer && service !== "Microsoft.ContainerService/managedClusters") {
    return `ApiServerSubnetInvalidDelegation: Subnet ${apiServer.id} must be delegated to Microsoft.ContainerService/managedClusters.`;
  }
  const nodes = made.world.find([SUBNET], nested(agentPoolProfiles, "0", "vnetSubnetID"));
  return nested(networkProfile, "outboundType") === "userAssignedNATGateway" && !nested(nodes?.inputs.natGateway, "id")
    ? `OutboundTypeInvalid: Outbound type userAssignedNATGateway needs a NAT gateway on subnet ${nodes?.id}.`
    : undefined;
};

const whoGetsIn: Rule = ({ inputs }) => {
  const profile = inputs.apiServerAccessProfile;
  const open = ((nested(profile, "authorizedIPRanges") ?? []) as readonly string[]).length > 0;
  if (open && nested(profile, "enablePrivateCluster") === true) {
    return "InvalidParameter: Private clusters cannot have authorized IP ranges.";
  }
  if (inputs.disableLocalAccounts === true && nested(inputs.aadProfile, "managed") !== true) {
    return "InvalidParameter: Local accounts can be disabled only on a cluster with managed Entra integration.";
  }
  return nested(inputs.securityProfile, "workloadIdentity", "enabled") && !nested(inputs.oidcIssuerProfile, "enabled")
    ? "InvalidParameter: Workload identity needs the OIDC issuer."
    : undefined;
};

/** A vault without public access is reached from inside the network alone. */
const kmsReachesVault: Rule = (made) => {
  const kms = nested(made.inputs.securityProfile, "azureKeyVaultKms");
  if (nested(kms, "enabled") !== true) return undefined;
  const vault = made.world.find([VAULT], nested(kms, "keyVaultResourceId"));
  const closed = nested(vault?.inputs.properties, "publicNetworkAccess") === "Disabled";
  if (closed && nested(kms, "keyVaultNetworkAccess") !== "Private") {
    return `InvalidParameter: Key vault ${vault?.id} has no public access; keyVaultNetworkAccess must be Private.`;
  }
  return closed && nested(made.inputs.apiServerAccessProfile, "enableVnetIntegration") !== true
    ? "InvalidParameter: Key Vault KMS with private access needs API server VNet integration."
    : undefined;
};

const costAnalysisIsPaid: Rule = ({ inputs }) =>
  nested(inputs.metricsProfile, "costAnalysis", "enabled") === true && nested(inputs.sku, "tier") === "Free"
    ? "InvalidParameter: Cost analysis needs the Standard or Premium tier."
    : undefined;

const noDowngrade: Rule = ({ inputs }, current) => {
  const [before, after] = [current?.inputs, inputs].map((values) =>
    Number(String(values?.kubernetesVersion ?? "1.0").split(".")[1]),
  );
  if ((after ?? 0) < (before ?? 0)) {
    return `OperationNotAllowed: Downgrading from ${current?.inputs.kubernetesVersion} to ${inputs.kubernetesVersion} is not allowed.`;
  }
  return current && (after ?? 0) > (before ?? 0) + 1
    ? `OperationNotAllowed: Upgrading from ${current.inputs.kubernetesVersion} to ${inputs.kubernetesVersion} skips a minor version, which is not allowed.`
    : undefined;
};

/** What Azure refuses to change on a cluster that exists; the provider tries it in place. */
const SETTLED = [
  "networkProfile.podCidr",
  "networkProfile.serviceCidr",
  "networkProfile.dnsServiceIP",
  "networkProfile.networkPlugin",
  "networkProfile.loadBalancerSku",
  "apiServerAccessProfile.subnetId",
  "identityProfile",
  "agentPoolProfiles",
];

/** Everything that AKS checks of a cluster as a whole. Source: AKS, Managed Clusters REST API. */
export const clusterRules: readonly Rule[] = [
  hasSystemPool,
  poolsAreValid,
  subnetsFit,
  identityMayAct,
  ranges,
  whoGetsIn,
  kmsReachesVault,
  costAnalysisIsPaid,
  noDowngrade,
  settled(SETTLED, (path) => `PropertyChangeNotAllowed: Changing property '${path}' is not allowed.`),
];
