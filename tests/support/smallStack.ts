import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext } from "../../tools/cli/context";
import { RehearsalSession } from "../../tools/rehearsal/session";
import type { Engine } from "./engine";

/**
 * A few resources of each cloud in plain JavaScript and without the clouds' SDKs: it runs in a second or two, where stack
 * prod takes ten.
 */
const PROGRAM = `
const pulumi = require("@pulumi/pulumi");

class Resource extends pulumi.CustomResource {
  constructor(token, name, inputs, provider, dependsOn = []) {
    super(token, name, { name: undefined, ...inputs }, { provider, dependsOn });
  }
}

const aws = new pulumi.ProviderResource("aws", "aws", {
  region: "us-east-1",
  allowedAccountIds: JSON.stringify(["123456789012"]),
});
const vpc = new Resource("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.1.0.0/16", tags: { Name: "small" } }, aws);
new Resource("aws:ec2/internetGateway:InternetGateway", "gateway", { vpcId: vpc.id }, aws);
for (const number of [0, 1]) {
  const inputs = { vpcId: vpc.id, cidrBlock: "10.1." + number + ".0/24" };
  new Resource("aws:ec2/subnet:Subnet", "subnet-" + number, inputs, aws);
}
const document = (statement) => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
const assumeRolePolicy = document({ Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } });
const role = new Resource("aws:iam/role:Role", "role", { name: "small", assumeRolePolicy }, aws);
const policy = document({ Action: ["s3:ListAllMyBuckets"], Resource: ["*"] });
new Resource("aws:iam/rolePolicy:RolePolicy", "policy", { role: role.name, name: "small", policy }, aws);

const project = "small-project";
const gcp = new pulumi.ProviderResource("gcp", "gcp", { project, region: "us-central1" });
const apis = ["compute", "iam"].map(
  (api) => new Resource("gcp:projects/service:Service", api, { project, service: api + ".googleapis.com" }, gcp),
);
const network = new Resource(
  "gcp:compute/network:Network",
  "network",
  { project, name: "small", autoCreateSubnetworks: false },
  gcp,
  apis,
);
new Resource(
  "gcp:compute/subnetwork:Subnetwork",
  "nodes",
  { project, name: "nodes", network: network.id, region: "us-central1", ipCidrRange: "10.2.0.0/20" },
  gcp,
);
new Resource("gcp:serviceaccount/account:Account", "account", { project, accountId: "small-account" }, gcp, apis);

const azure = new pulumi.ProviderResource("azure-native", "azure", {
  subscriptionId: "00000000-0000-4000-8000-000000000001",
  tenantId: "00000000-0000-4000-8000-000000000002",
  location: "eastus",
});
const small = { resourceGroupName: "small", location: "eastus" };
const group = new Resource("azure-native:resources:ResourceGroup", "group", small, azure);
const inGroup = { ...small, resourceGroupName: group.name };
new Resource(
  "azure-native:network:VirtualNetwork",
  "virtual",
  { ...inGroup, virtualNetworkName: "small", addressSpace: { addressPrefixes: ["10.3.0.0/16"] } },
  azure,
);
new Resource(
  "azure-native:managedidentity:UserAssignedIdentity",
  "identity",
  { ...inGroup, resourceName: "small" },
  azure,
);
new Resource("random:index/randomPassword:RandomPassword", "password", { length: 24 });
exports.vpcId = vpc.id;
`;

/** Opens a stack of a few resources in each of three clouds, in folders that are removed after the file's last test. */
export async function openSmallStack(engine: Engine): Promise<RehearsalSession> {
  const folder = mkdtempSync(join(tmpdir(), "tideline-small-stack-"));
  folders.push(folder);
  const project = join(folder, "project");
  mkdirSync(project);
  writeFileSync(join(project, "Pulumi.yaml"), "name: small\nmain: index.js\nruntime:\n  name: nodejs\n");
  writeFileSync(join(project, "package.json"), '{ "name": "small", "version": "0.0.1", "main": "index.js" }\n');
  writeFileSync(join(project, "index.js"), PROGRAM);
  symlinkSync(join(__dirname, "..", "..", "node_modules"), join(project, "node_modules"));
  const context = createContext(project, engine.env);
  return RehearsalSession.open({ context, stack: "small", settings: {}, folder: join(folder, "rehearsal") });
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
