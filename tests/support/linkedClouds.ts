import * as ec2 from "@pulumi/aws/ec2";
import * as azureNetwork from "@pulumi/azure-native/network";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as compute from "@pulumi/gcp/compute";
import { Service } from "@pulumi/gcp/projects";
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { AwsLinkGateway, type AwsLinkGatewayArgs } from "../../components/interconnect/awsGateway";
import { AzureLinkGateway, type AzureLinkGatewayArgs } from "../../components/interconnect/azureGateway";
import { GcpLinkGateway, type GcpLinkGatewayArgs } from "../../components/interconnect/gcpGateway";
import { awsCatalogue } from "../../tools/rehearsal/aws/catalogue";
import { azureCatalogue } from "../../tools/rehearsal/azure/catalogue";
import type { Catalogue } from "../../tools/rehearsal/catalogue";
import { gcpCatalogue } from "../../tools/rehearsal/gcp/catalogue";
import { randomCatalogue } from "../../tools/rehearsal/random/catalogue";
import { checkInputs, createResource } from "../../tools/rehearsal/simulator";
import type { WorldState } from "../../tools/rehearsal/world";
import { type ComputedOutputs, type Recording, type RecordOptions, record } from "./pulumiMocks";

/** A gateway on a bare network of AWS, 10.1.0.0/16. */
export function awsGateway(changes: Partial<AwsLinkGatewayArgs> = {}, opts?: ComponentResourceOptions): AwsLinkGateway {
  const vpc = new ec2.Vpc("vpc", { cidrBlock: "10.1.0.0/16" });
  const table = new ec2.RouteTable("private", { vpcId: vpc.id });
  const group = new ec2.SecurityGroup("nodes", { name: "nodes", vpcId: vpc.id });
  const args = {
    place: { stack: "prod", environment: "prod", accountId: "123456789012", region: "us-east-1" },
    cidrs: ["10.1.0.0/16"],
    vpcId: vpc.id,
    routeTableIds: { private: table.id },
    asn: 64_512,
    securityGroupIds: { nodes: group.id },
  } as const;
  return new AwsLinkGateway("aws-gateway", { ...args, ...changes }, opts);
}

/** A gateway on a bare network of Google Cloud, 10.2.0.0/16. */
export function gcpGateway(changes: Partial<GcpLinkGatewayArgs> = {}): GcpLinkGateway {
  const project = "acme-ml-prod";
  const api = new Service("compute", { project, service: "compute.googleapis.com" });
  const network = new compute.Network(
    "net",
    { name: "net", project, autoCreateSubnetworks: false },
    { dependsOn: api },
  );
  return new GcpLinkGateway("gcp-gateway", {
    stack: "prod",
    environment: "prod",
    project,
    region: "us-central1",
    cidrs: ["10.2.0.0/16"],
    network: network.selfLink,
    asn: 64_513,
    targetTags: ["node"],
    ...changes,
  });
}

/** A gateway on a bare network of Azure, 10.3.0.0/16, for link 1 to AWS and link 2 to Google Cloud. */
export function azureGateway(changes: Partial<AzureLinkGatewayArgs> = {}): AzureLinkGateway {
  const group = new ResourceGroup("group", { resourceGroupName: "tideline-prod", location: "eastus" });
  const network = new azureNetwork.VirtualNetwork("vnet", {
    virtualNetworkName: "vnet",
    resourceGroupName: group.name,
    location: "eastus",
    addressSpace: { addressPrefixes: ["10.3.0.0/16"] },
  });
  return new AzureLinkGateway("azure-gateway", {
    stack: "prod",
    environment: "prod",
    location: "eastus",
    resourceGroupName: group.name,
    cidrs: ["10.3.0.0/16"],
    virtualNetworkName: network.name,
    asn: 64_514,
    links: { 1: "aws", 2: "gcp" },
    ...changes,
  });
}

/**
 * Records a program against all simulated clouds at once: every input is checked against its catalogue entry, and each
 * cloud's own rules hold while applying.
 * @throws {Error} with everything that a simulated cloud refuses.
 */
export function recordClouds<T>(program: () => T, preview = false): Promise<Recording<T>> {
  return record(program, { types: simulatedTypes(preview), preview });
}

/** A program planned and applied; what holds must hold in both. */
export async function recordBoth<T>(program: () => T): Promise<readonly Recording<T>[]> {
  return [await recordClouds(program, true), await recordClouds(program)];
}

const LOCATIONS = new Map<Catalogue, { readonly account: string; readonly region: string }>([
  [awsCatalogue, { account: "123456789012", region: "us-east-1" }],
  [gcpCatalogue, { account: "acme-ml-prod", region: "us-central1" }],
  [azureCatalogue, { account: "00000000-0000-4000-8000-00000000aaaa", region: "eastus" }],
  [randomCatalogue, { account: "local", region: "local" }],
]);

/** Empty clouds for one program; a proxy, so that a type missing in the catalogues stays an unexpected one. */
function simulatedTypes(preview: boolean): RecordOptions["types"] {
  const states = new Map<Catalogue, WorldState>();
  const compute =
    (catalogue: Catalogue, token: string): ComputedOutputs =>
    ({ name, inputs }) => {
      const failures = checkInputs(catalogue, token, inputs);
      if (failures.length > 0) {
        const lines = failures.map(({ property, reason }) => `${property}: ${reason}`);
        throw new Error(`${token} ${name}: ${lines.join("; ")}`);
      }
      if (preview) return {};
      const location = LOCATIONS.get(catalogue) ?? { account: "", region: "" };
      const state = states.get(catalogue) ?? { sequence: 0, clock: 0, waited: 0, resources: [] };
      const made = createResource(catalogue, state, { token, urn: `${token}::${name}`, name, location }, inputs);
      states.set(catalogue, made.state);
      return { ...made.result.outputs, id: made.result.id };
    };
  return new Proxy(
    {},
    {
      get(_, token) {
        if (typeof token !== "string") return undefined;
        if (token.startsWith("pulumi:providers:")) return () => ({});
        const catalogue = [...LOCATIONS.keys()].find((each) => each.typeOf(token));
        return catalogue && compute(catalogue, token);
      },
    },
  );
}
