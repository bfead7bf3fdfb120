import { AzureWorld } from "../../../support/azureCloud";

const CLUSTER = "containerservice:ManagedCluster";
const SUBSCRIPTION = "00000000-0000-4000-8000-00000000aaaa";
const NETWORK_CONTRIBUTOR = "4d97b98b-1d4f-4787-a291-c67834d212e7";

/** A cluster's surroundings: network with NAT, an API server's subnet, and an identity that may join nodes. */
function start({ nat = true, delegated = true, granted = true } = {}) {
  const world = new AzureWorld();
  world.create("network:VirtualNetwork", {
    virtualNetworkName: "net",
    addressSpace: { addressPrefixes: ["10.3.0.0/16"] },
  });
  const gateway = world.create("network:NatGateway", { natGatewayName: "nat", sku: { name: "Standard" } });
  const subnet = (subnetName: string, addressPrefix: string, rest: object) =>
    world.create("network:Subnet", { subnetName, addressPrefix, virtualNetworkName: "net", ...rest }).id;
  const nodes = subnet("nodes", "10.3.0.0/20", nat ? { natGateway: { id: gateway.id } } : {});
  const delegation = { delegations: [{ name: "d", serviceName: "Microsoft.ContainerService/managedClusters" }] };
  const apiServer = subnet("api", "10.3.16.0/28", delegated ? delegation : {});
  const identity = world.create("managedidentity:UserAssignedIdentity", { resourceName: "aks" });
  for (const [index, scope] of (granted ? [nodes, apiServer] : []).entries()) {
    world.create("authorization:RoleAssignment", {
      roleAssignmentName: `00000000-0000-4000-8000-00000000000${index}`,
      scope,
      principalId: identity.principalId,
      roleDefinitionId: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${NETWORK_CONTRIBUTOR}`,
    });
  }
  const pool = { name: "system", mode: "System", vmSize: "Standard_D4s_v5", vnetSubnetID: nodes, count: 1 };
  const inputs = (changes: object = {}) => ({
    resourceName: "ml",
    dnsPrefix: "ml",
    kubernetesVersion: "1.34",
    identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
    networkProfile: {
      podCidr: "192.168.0.0/16",
      serviceCidr: "172.20.0.0/16",
      dnsServiceIP: "172.20.0.10",
      outboundType: "userAssignedNATGateway",
    },
    apiServerAccessProfile: { enableVnetIntegration: true, subnetId: apiServer, enablePrivateCluster: true },
    agentPoolProfiles: [pool],
    ...changes,
  });
  return { world, inputs, pool, apiServer, nodes };
}

test("a cluster stands on a network with NAT, and its identity joins nodes to subnets", () => {
  const { world, inputs } = start();
  expect(world.create(CLUSTER, inputs()).privateFQDN).toMatch(/^ml-[0-9a-f]{8}\.private\.westeurope\.azmk8s\.io$/);
  const bare = start({ nat: false });
  expect(() => bare.world.create(CLUSTER, bare.inputs())).toThrow(
    `OutboundTypeInvalid: Outbound type userAssignedNATGateway needs a NAT gateway on subnet ${bare.nodes}.`,
  );
  const shared = start({ delegated: false });
  expect(() => shared.world.create(CLUSTER, shared.inputs())).toThrow(
    `ApiServerSubnetInvalidDelegation: Subnet ${shared.apiServer} must be delegated to Microsoft.ContainerService/managedClusters.`,
  );
  const denied = start({ granted: false });
  expect(() => denied.world.create(CLUSTER, denied.inputs())).toThrow(
    `has no permission to perform action 'Microsoft.Network/virtualNetworks/subnets/join/action' on scope ${denied.nodes}.`,
  );
});

test.each<[string, object, string]>([
  ["no system pool", { agentPoolProfiles: [] }, "agentPoolProfiles: found 0 members, at least 1 is allowed"],
  [
    "pods inside the network",
    { networkProfile: { podCidr: "10.3.0.0/18", serviceCidr: "172.20.0.0/16", dnsServiceIP: "172.20.0.10" } },
    "InvalidParameter: The podCidr 10.3.0.0/18 overlaps 10.3.0.0/16.",
  ],
  [
    "a DNS service outside the services",
    { networkProfile: { podCidr: "192.168.0.0/16", serviceCidr: "172.20.0.0/16", dnsServiceIP: "172.21.0.10" } },
    "InvalidParameter: The DNS service IP 172.21.0.10 lies outside serviceCidr 172.20.0.0/16.",
  ],
  [
    "ranges on a private cluster",
    { apiServerAccessProfile: { enablePrivateCluster: true, authorizedIPRanges: ["203.0.113.0/24"] } },
    "InvalidParameter: Private clusters cannot have authorized IP ranges.",
  ],
  [
    "no accounts at all",
    { disableLocalAccounts: true },
    "InvalidParameter: Local accounts can be disabled only on a cluster with managed Entra integration.",
  ],
  [
    "workload identity without issuer",
    { securityProfile: { workloadIdentity: { enabled: true } } },
    "InvalidParameter: Workload identity needs the OIDC issuer.",
  ],
  [
    "cost analysis for nothing",
    { sku: { name: "Base", tier: "Free" }, metricsProfile: { costAnalysis: { enabled: true } } },
    "InvalidParameter: Cost analysis needs the Standard or Premium tier.",
  ],
])("a cluster with %s is refused", (_, changes, text) => {
  const { world, inputs } = start();
  expect(() => world.create(CLUSTER, inputs(changes))).toThrow(text);
});

test("a pool of users alone is no cluster", () => {
  const { world, inputs, pool } = start();
  expect(() => world.create(CLUSTER, inputs({ agentPoolProfiles: [{ ...pool, mode: "User" }] }))).toThrow(
    "InvalidParameter: There must be at least one system agent pool.",
  );
});

test.each<[string, object, string]>([
  [
    "an older version",
    { kubernetesVersion: "1.33" },
    "OperationNotAllowed: Downgrading from 1.34 to 1.33 is not allowed.",
  ],
  ["a version after the next", { kubernetesVersion: "1.36" }, "skips a minor version, which is not allowed."],
  [
    "other pods' addresses",
    { networkProfile: { podCidr: "192.168.0.0/17", serviceCidr: "172.20.0.0/16", dnsServiceIP: "172.20.0.10" } },
    "PropertyChangeNotAllowed: Changing property 'networkProfile.podCidr' is not allowed.",
  ],
])("a cluster is not changed to %s", (_, changes, text) => {
  const { world, inputs } = start();
  const { id } = world.create(CLUSTER, inputs());
  expect(() => world.update(CLUSTER, id, inputs(changes))).toThrow(text);
});

test("a pool's size is settled, and its name is at most 12 lower-case letters and digits", () => {
  const { world, inputs } = start();
  world.create(CLUSTER, inputs());
  const pool = (changes: object = {}) => ({
    agentPoolName: "general1",
    resourceName: "ml",
    mode: "User",
    vmSize: "Standard_D8s_v5",
    ...changes,
  });
  const { id } = world.create("containerservice:AgentPool", pool());
  expect(() => world.update("containerservice:AgentPool", id, pool({ vmSize: "Standard_D16s_v5" }))).toThrow(
    "PropertyChangeNotAllowed: Changing property 'properties.vmSize' is not allowed.",
  );
  for (const agentPoolName of ["general-purpose", "GPU", "1gpu", "thirteenchars"]) {
    expect(() => world.create("containerservice:AgentPool", pool({ agentPoolName }))).toThrow("agentPoolName: found");
  }
});
