import type { StoredResource } from "../../../../tools/rehearsal/world";
import { simulatedAws } from "../../../support/awsCloud";

const CLUSTER = "aws:eks/cluster:Cluster";
const GROUP = "aws:eks/nodeGroup:NodeGroup";
const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow" }] });

function world() {
  const aws = simulatedAws();
  const role = aws.create("aws:iam/role:Role", { name: "a", assumeRolePolicy: trust });
  const vpc = aws.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.1.0.0/16" });
  const [one, two, other] = ["use1-az1", "use1-az1", "use1-az2"].map((availabilityZoneId, index) =>
    aws.create("aws:ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock: `10.1.${index}.0/24`, availabilityZoneId }),
  );
  const inputs = {
    name: "kube",
    version: "1.34",
    roleArn: role.outputs.arn,
    vpcConfig: { subnetIds: [one?.id, other?.id] },
  };
  return { aws, role, subnets: { one, two, other }, inputs };
}

function withCluster() {
  const all = world();
  const cluster = all.aws.create(CLUSTER, all.inputs);
  const group = (changes: object): StoredResource =>
    all.aws.create(GROUP, {
      clusterName: "kube",
      nodeGroupName: "general",
      nodeRoleArn: all.role.outputs.arn,
      subnetIds: [all.subnets.one?.id],
      scalingConfig: { minSize: 1, maxSize: 3, desiredSize: 1 },
      version: "1.34",
      ...changes,
    });
  return { ...all, cluster, group };
}

test("a cluster has an endpoint, an issuer and a group of its own", () => {
  const { cluster } = withCluster();
  expect(cluster.outputs).toMatchObject({
    arn: "arn:aws:eks:us-east-1:123456789012:cluster/kube",
    endpoint: expect.stringMatching(/^https:\/\/[0-9A-F]{32}\.gr7\.us-east-1\.eks\.amazonaws\.com$/),
    vpcConfig: { clusterSecurityGroupId: expect.stringMatching(/^sg-[0-9a-f]{17}$/) },
  });
});

test("a cluster lies in two zones", () => {
  const { aws, inputs, subnets } = world();
  const vpcConfig = { subnetIds: [subnets.one?.id, subnets.two?.id] };
  expect(() => aws.create(CLUSTER, { ...inputs, vpcConfig })).toThrow(
    "InvalidParameterException: Subnets specified must be in at least two different AZs",
  );
});

test("Kubernetes goes up by one version and never back", () => {
  const { aws, cluster, inputs } = withCluster();
  for (const [version, shown] of [
    ["1.36", "1.34 to 1.36"],
    ["1.33", "1.34 to 1.33"],
  ]) {
    expect(() => aws.update(cluster, { ...inputs, version })).toThrow(
      `InvalidParameterException: Unsupported Kubernetes minor version update from ${shown}`,
    );
  }
  expect(() => aws.update(cluster, { ...inputs, version: "1.35" })).not.toThrow();
});

test("Auto Mode is whole or not at all", () => {
  const { aws, inputs } = world();
  expect(() => aws.create(CLUSTER, { ...inputs, computeConfig: { enabled: true } })).toThrow(
    "InvalidParameterException: For EKS Auto Mode",
  );
});

test("a cluster with nodes in it does not go", () => {
  const { aws, cluster, group } = withCluster();
  const nodes = group({});
  expect(() => aws.remove(cluster)).toThrow("ResourceInUseException: resource kube has a dependent object");
  aws.remove(nodes);
  expect(() => aws.remove(cluster)).not.toThrow();
});

test.each<[string, object, string]>([
  ["ahead of the control plane", { version: "1.35" }, "Requested Nodegroup version 1.35 is not supported"],
  [
    "of impossible sizes",
    { scalingConfig: { minSize: 3, maxSize: 2, desiredSize: 2 } },
    "desired capacity 2 must be between",
  ],
  [
    "of types that there are not",
    { instanceTypes: ["m6i.large", "m9z.large"] },
    "InvalidParameterException: The following supplied instance types do not exist: [m9z.large]",
  ],
  ["of another cluster", { clusterName: "cube" }, 'clusterName names "cube", which does not exist'],
])("nodes %s are refused", (_, changes, text) => {
  expect(() => withCluster().group(changes)).toThrow(text);
});

test("instance types stand in the template or in the group, not in both; a template gains a version by a change", () => {
  const { aws, group } = withCluster();
  const token = "aws:ec2/launchTemplate:LaunchTemplate";
  const template = aws.create(token, { name: "nodes", instanceType: "m6i.large" });
  const launchTemplate = { id: template.id, version: "1" };
  expect(() => group({ launchTemplate, instanceTypes: ["m6i.large"] })).toThrow(
    "InvalidRequestException: Cannot specify instance types in launch template and API request",
  );
  expect(template.outputs.latestVersion).toBe(1);
  expect(aws.update(template, { name: "nodes", instanceType: "m6i.xlarge" }).outputs.latestVersion).toBe(2);
});

test("one service account has one role", () => {
  const { aws, role } = withCluster();
  const binding = { clusterName: "kube", namespace: "a", serviceAccount: "b", roleArn: role.outputs.arn };
  const token = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
  aws.create(token, binding, "one");
  expect(() => aws.create(token, binding, "two")).toThrow("ResourceInUseException: Association already exists for a/b");
});

test("images of Amazon Linux 2 end with Kubernetes 1.32", () => {
  const { group } = withCluster();
  expect(() => group({ amiType: "AL2_x86_64" })).toThrow(
    "InvalidParameterException: AMI Type AL2_x86_64 is only supported for kubernetes versions 1.32 or earlier",
  );
  expect(group({ amiType: "AL2_x86_64", version: "1.32" }).inputs.amiType).toBe("AL2_x86_64");
});
