import { AwsCluster, type AwsClusterArgs } from "../../../components/aws/cluster";
import { AwsNetwork } from "../../../components/aws/network";
import { place, recordAws } from "../../support/awsCloud";
import { isSecret, type Recording, unwrap } from "../../support/pulumiMocks";

const general = { instanceTypes: ["m6i.large", "m6a.large"], min: 1, max: 5 };
const gpu = { instanceTypes: ["g5.2xlarge"], min: 0, max: 4, gpu: { type: "nvidia-a10g", count: 1 } };
const administrators = ["arn:aws:iam::123456789012:role/admin"];

function build(changes: Partial<AwsClusterArgs> = {}) {
  const network = new AwsNetwork("net", { place: place(), cidr: "10.1.0.0/16", zones: 3, nat: "onePerZone" });
  return cluster({ subnetIds: network.privateSubnetIds, ...changes });
}

function cluster(changes: Partial<AwsClusterArgs>) {
  return new AwsCluster("kube", {
    place: place(),
    version: "1.34",
    subnetIds: [],
    zones: 3,
    compute: { pools: { general, gpu } },
    administrators,
    ...changes,
  });
}

const CLUSTER = "aws:eks/cluster:Cluster";
const GROUP = "aws:eks/nodeGroup:NodeGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

describe.each([false, true])("the cluster of prod, planned %s", (preview) => {
  let recording: Recording<AwsCluster>;
  beforeAll(async () => {
    recording = await recordAws(() => build(), { preview });
  });

  test("is private, logs everything, encrypts secrets and lets nobody in by accident", () => {
    const { inputs, ignoreChanges } = recording.one(CLUSTER);
    expect(inputs).toMatchObject({
      name: "tideline-prod-kube",
      version: "1.34",
      vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      encryptionConfig: { resources: ["secrets"] },
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      upgradePolicy: { supportType: "STANDARD" },
      zonalShiftConfig: { enabled: true },
      deletionProtection: true,
      computeConfig: { enabled: false },
      kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: false } },
      storageConfig: { blockStorage: { enabled: false } },
    });
    expect((inputs.vpcConfig as { publicAccessCidrs?: unknown }).publicAccessCidrs).toBeUndefined();
    expect(ignoreChanges).toContain("vpcConfig.subnetIds");
  });

  test("writes its logs to an encrypted group that is there first", () => {
    const group = recording.one("aws:cloudwatch/logGroup:LogGroup", "kube-logs");
    expect(group.inputs).toMatchObject({ name: "/aws/eks/tideline-prod-kube/cluster", retentionInDays: 365 });
    expect(group.inputs.kmsKeyId).toBeDefined();
    expect(recording.one(CLUSTER).dependencies).toContain(group.urn);
    const keys = recording.ofType("aws:kms/key:Key");
    expect(keys.every(({ inputs }) => inputs.enableKeyRotation === true)).toBe(true);
  });

  test("gives administrators an access entry of their own", () => {
    const entry = recording.one("aws:eks/accessEntry:AccessEntry").inputs;
    expect(entry).toMatchObject({ principalArn: administrators[0], type: "STANDARD" });
    expect(recording.one("aws:eks/accessPolicyAssociation:AccessPolicyAssociation").inputs).toMatchObject({
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      accessScope: { type: "cluster" },
    });
  });

  test("has networking and identities before nodes, and the rest behind them", () => {
    const addons = recording.ofType("aws:eks/addon:Addon");
    const pins = Object.fromEntries(addons.map(({ inputs }) => [inputs.addonName, inputs.addonVersion]));
    expect(pins).toEqual({
      "vpc-cni": "v1.20.4-eksbuild.2",
      "kube-proxy": "v1.34.0-eksbuild.2",
      "eks-pod-identity-agent": "v1.3.10-eksbuild.2",
      coredns: "v1.12.3-eksbuild.1",
      "aws-ebs-csi-driver": "v1.54.0-eksbuild.1",
      "eks-node-monitoring-agent": "v1.4.1-eksbuild.1",
      "metrics-server": "v0.8.0-eksbuild.2",
    });
    const urnOf = (name: string) => addons.find(({ inputs }) => inputs.addonName === name)?.urn;
    for (const group of recording.ofType(GROUP)) {
      expect(group.dependencies).toEqual(expect.arrayContaining([urnOf("vpc-cni"), urnOf("eks-pod-identity-agent")]));
      expect(addons.find(({ inputs }) => inputs.addonName === "coredns")?.dependencies).toContain(group.urn);
    }
  });

  test("has a small pool for system pods beside the caller's", () => {
    const sizes = recording.ofType(GROUP).map(({ name, inputs }) => [name, inputs.scalingConfig]);
    expect(Object.fromEntries(sizes)).toEqual({
      "kube-system": { minSize: 2, maxSize: 4, desiredSize: 2 },
      "kube-general": { minSize: 1, maxSize: 5, desiredSize: 1 },
      "kube-gpu": { minSize: 0, maxSize: 4, desiredSize: 0 },
    });
  });

  test("runs AL2023, with NVIDIA's drivers, a taint and repair where there are GPUs", () => {
    expect(recording.one(GROUP, "kube-general").inputs).toMatchObject({
      amiType: "AL2023_x86_64_STANDARD",
      capacityType: "ON_DEMAND",
      instanceTypes: ["m6i.large", "m6a.large"],
      nodeRepairConfig: { enabled: true },
      updateConfig: { maxUnavailablePercentage: 33 },
      taints: [],
    });
    expect(recording.one(GROUP, "kube-gpu").inputs).toMatchObject({
      amiType: "AL2023_x86_64_NVIDIA",
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }],
      labels: { "nvidia.com/gpu.present": "true", "tideline.dev/pool": "gpu" },
    });
    expect(recording.ofType(GROUP).every(({ ignoreChanges }) => ignoreChanges.includes("subnetIds"))).toBe(true);
  });

  test("starts nodes with encrypted gp3 disks and IMDSv2 within one hop", () => {
    for (const { inputs } of recording.ofType(TEMPLATE)) {
      expect(inputs.metadataOptions).toEqual({
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      });
      expect(inputs.blockDeviceMappings).toEqual([
        { deviceName: "/dev/xvda", ebs: expect.objectContaining({ volumeType: "gp3", encrypted: "true" }) },
      ]);
    }
    expect(recording.one(TEMPLATE, "kube-gpu").inputs.instanceType).toBe("g5.2xlarge");
    expect(recording.one(TEMPLATE, "kube-general").inputs.instanceType).toBeUndefined();
  });

  test("tells the autoscaler what an empty GPU pool would have", () => {
    const tags = recording.ofType("aws:autoscaling/tag:Tag").map(({ inputs }) => inputs.tag);
    expect(tags).toContainEqual({
      key: "k8s.io/cluster-autoscaler/node-template/resources/nvidia.com/gpu",
      value: "1",
      propagateAtLaunch: false,
    });
    expect(tags).toContainEqual({
      key: "k8s.io/cluster-autoscaler/node-template/taint/nvidia.com/gpu",
      value: "present:NoSchedule",
      propagateAtLaunch: false,
    });
  });
});

test("the kubeconfig asks the AWS CLI, with the region and role that were given, and is secret", async () => {
  const access = { roleArn: "arn:aws:iam::123456789012:role/deploy", profile: "ml" };
  const { result } = await recordAws(() => build({ access }));
  expect(await isSecret(result.kubeconfig)).toBe(true);
  const text = JSON.parse(await unwrap(result.kubeconfig));
  expect(text.clusters[0].cluster.server).toMatch(/^https:\/\/[0-9A-F]{32}\.gr7\.us-east-1\.eks\.amazonaws\.com$/);
  expect(text.users[0].user.exec).toMatchObject({
    command: "aws",
    args: [
      "eks",
      "get-token",
      "--cluster-name",
      "tideline-prod-kube",
      "--region",
      "us-east-1",
      "--output",
      "json",
      "--role-arn",
      access.roleArn,
    ],
    env: [{ name: "AWS_PROFILE", value: "ml" }],
  });
  expect(await unwrap(result.oidcIssuerUrl)).toMatch(/^https:\/\/oidc\.eks\.us-east-1\.amazonaws\.com\/id\//);
  expect(result.nodePools.gpu).toMatchObject({ gpusPerNode: 1 });
});

test("Auto Mode switches all three on and brings neither pools nor add-ons", async () => {
  const recording = await recordAws(() => build({ compute: { auto: ["general-purpose", "system"] } }));
  expect(recording.one(CLUSTER).inputs).toMatchObject({
    computeConfig: { enabled: true, nodePools: ["general-purpose", "system"], nodeRoleArn: expect.any(String) },
    kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
    storageConfig: { blockStorage: { enabled: true } },
  });
  expect(recording.ofType(GROUP)).toEqual([]);
  expect(recording.ofType("aws:eks/addon:Addon")).toEqual([]);
});

test("Karpenter gets a queue, five rules, two roles and an access entry for its nodes", async () => {
  const compute = { pools: { general }, karpenter: { namespace: "karpenter" } };
  const recording = await recordAws(() => build({ compute }));
  expect(recording.ofType("aws:cloudwatch/eventRule:EventRule")).toHaveLength(5);
  expect(recording.one("aws:eks/accessEntry:AccessEntry", "kube-karpenter-nodes").inputs.type).toBe("EC2_LINUX");
  expect(recording.one("aws:ec2/tag:Tag").inputs).toMatchObject({ key: "karpenter.sh/discovery" });
  expect(recording.one("aws:eks/podIdentityAssociation:PodIdentityAssociation").inputs).toMatchObject({
    namespace: "karpenter",
    serviceAccount: "karpenter",
  });
});

test("others get less, and only where they should", async () => {
  const team = {
    principalArn: "arn:aws:iam::123456789012:role/team",
    right: "edit",
    namespaces: ["ml-platform"],
  } as const;
  const recording = await recordAws(() => build({ grants: { team } }));
  expect(
    recording.one("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "kube-grant-team").inputs,
  ).toMatchObject({
    principalArn: team.principalArn,
    policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
    accessScope: { type: "namespace", namespaces: ["ml-platform"] },
  });
});

test("Bottlerocket's images and pods are on its second disk", async () => {
  const bottlerocket = { ...general, amiType: "BOTTLEROCKET_x86_64" };
  const recording = await recordAws(() => build({ compute: { pools: { bottlerocket } } }));
  const { blockDeviceMappings } = recording.one(TEMPLATE, "kube-bottlerocket").inputs;
  expect(blockDeviceMappings).toEqual([expect.objectContaining({ deviceName: "/dev/xvdb" })]);
});

test("wrong arguments are refused before anything is registered", async () => {
  const refused = recordAws(() => cluster({ version: "1.29" }));
  await expect(refused).rejects.toThrow(
    'AwsCluster "kube" cannot be planned:\n  version is "1.29", for which no add-ons are pinned; give one of 1.33, 1.34, 1.35.',
  );
  await expect(refused).rejects.toMatchObject({ errors: [expect.objectContaining({ propertyPath: "version" })] });
});
