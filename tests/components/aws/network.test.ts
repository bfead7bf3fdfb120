import { AwsNetwork, type AwsNetworkArgs } from "../../../components/aws/network";
import { place, recordAws, recordBoth } from "../../support/awsCloud";
import { type Recording, unwrap } from "../../support/pulumiMocks";

const args: AwsNetworkArgs = { place: place(), cidr: "10.1.0.0/16", zones: 3, nat: "onePerZone", clusterName: "ml" };
const build =
  (changes: Partial<AwsNetworkArgs> = {}) =>
  () =>
    new AwsNetwork("net", { ...args, ...changes });
const count = (recording: Recording<unknown>, type: string) => recording.ofType(type).length;

describe("the network of prod", () => {
  test("has three tiers over three zones, each subnet in its zone and range", async () => {
    for (const recording of await recordBoth(build())) {
      const subnets = recording
        .ofType("aws:ec2/subnet:Subnet")
        .map(({ name, inputs }) => `${name} ${inputs.cidrBlock} ${inputs.availabilityZoneId}`);
      expect(subnets.sort()).toEqual([
        "net-database-0 10.1.8.0/24 use1-az1",
        "net-database-1 10.1.9.0/24 use1-az2",
        "net-database-2 10.1.10.0/24 use1-az4",
        "net-private-0 10.1.4.0/24 use1-az1",
        "net-private-1 10.1.5.0/24 use1-az2",
        "net-private-2 10.1.6.0/24 use1-az4",
        "net-public-0 10.1.0.0/24 use1-az1",
        "net-public-1 10.1.1.0/24 use1-az2",
        "net-public-2 10.1.2.0/24 use1-az4",
      ]);
    }
  });

  test("tags subnets for load balancers and Karpenter, databases for neither", async () => {
    const recording = await recordAws(build());
    const tags = (name: string) => recording.one("aws:ec2/subnet:Subnet", name).inputs.tags as Record<string, string>;
    expect(tags("net-public-0")).toMatchObject({ "kubernetes.io/role/elb": "1", Name: "tideline-prod-net-public-0" });
    expect(tags("net-private-0")).toMatchObject({
      "kubernetes.io/role/internal-elb": "1",
      "karpenter.sh/discovery": "ml",
    });
    expect(Object.keys(tags("net-database-0")).filter((key) => key.includes("/"))).toEqual([]);
  });

  test("empties the default security group and gives nobody a public address", async () => {
    for (const recording of await recordBoth(build())) {
      const group = recording.one("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup").inputs;
      expect([group.ingress, group.egress]).toEqual([[], []]);
      const open = recording.ofType("aws:ec2/subnet:Subnet").filter((subnet) => subnet.inputs.mapPublicIpOnLaunch);
      expect(open).toEqual([]);
    }
  });

  test("routes private subnets through the gateway of their own zone and databases nowhere", async () => {
    const recording = await recordAws(build());
    const gateways = recording.ofType("aws:ec2/natGateway:NatGateway");
    expect(gateways).toHaveLength(3);
    const names = recording.ofType("aws:ec2/route:Route").map((route) => route.name);
    expect(names.sort()).toEqual(["net-private-0", "net-private-1", "net-private-2", "net-public"]);
    const targets = recording.ofType("aws:ec2/route:Route").map((route) => route.inputs.natGatewayId);
    expect(new Set(targets).size).toBe(4);
    expect(await unwrap(recording.result.natAddresses)).toHaveLength(3);
  });

  test("reaches AWS's services from within, over HTTPS from the VPC alone", async () => {
    for (const recording of await recordBoth(build())) {
      const endpoints = recording.ofType("aws:ec2/vpcEndpoint:VpcEndpoint");
      const services = endpoints.map(({ inputs }) =>
        String(inputs.serviceName).replace("com.amazonaws.us-east-1.", ""),
      );
      expect(services.sort()).toEqual([
        "autoscaling",
        "ec2",
        "ec2messages",
        "ecr.api",
        "ecr.dkr",
        "eks",
        "eks-auth",
        "elasticloadbalancing",
        "kms",
        "logs",
        "monitoring",
        "s3",
        "secretsmanager",
        "sqs",
        "ssm",
        "ssmmessages",
        "sts",
      ]);
      const rules = recording.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
      expect(rules.map(({ inputs }) => [inputs.cidrIpv4, inputs.fromPort, inputs.toPort])).toEqual([
        ["10.1.0.0/16", 443, 443],
      ]);
    }
  });

  test("records every connection, encrypted, for a year", async () => {
    const recording = await recordAws(build());
    expect(recording.one("aws:ec2/flowLog:FlowLog").inputs).toMatchObject({
      trafficType: "ALL",
      maxAggregationInterval: 60,
    });
    const group = recording.one("aws:cloudwatch/logGroup:LogGroup").inputs;
    expect(group.retentionInDays).toBe(365);
    expect(group.kmsKeyId).toMatch(/^arn:aws:kms:us-east-1:123456789012:key\//);
  });
});

test("a VPC, its subnets and its gateways stay when a zone is added", async () => {
  const before = await recordAws(build({ zones: 2 }));
  const after = await recordAws(build({ zones: 3 }));
  for (const { type, name, inputs } of before.ofType("aws:ec2/subnet:Subnet")) {
    const { cidrBlock, availabilityZoneId } = after.one(type, name).inputs;
    expect([cidrBlock, availabilityZoneId]).toEqual([inputs.cidrBlock, inputs.availabilityZoneId]);
  }
});

test.each([
  ["none", 0, 1],
  ["single", 1, 4],
  ["onePerZone", 3, 4],
] as const)("nat %s makes %d gateways and %d default routes", async (nat, gateways, routes) => {
  const recording = await recordAws(build({ nat, place: place("dev") }));
  expect(count(recording, "aws:ec2/natGateway:NatGateway")).toBe(gateways);
  expect(count(recording, "aws:ec2/route:Route")).toBe(routes);
});

test("dev keeps the endpoints that cost to image pulls", async () => {
  const recording = await recordAws(build({ nat: "single", place: place("dev") }));
  expect(count(recording, "aws:ec2/vpcEndpoint:VpcEndpoint")).toBe(3);
});

test("pods get subnets of their own in a secondary range, routed as their zone's nodes", async () => {
  const recording = await recordAws(build({ secondaryCidrs: ["100.64.0.0/16"] }));
  const pods = recording.ofType("aws:ec2/subnet:Subnet").filter(({ name }) => name.includes("pods"));
  expect(pods.map(({ inputs }) => inputs.cidrBlock).sort()).toEqual([
    "100.64.0.0/18",
    "100.64.128.0/18",
    "100.64.64.0/18",
  ]);
  expect(pods.at(0)?.inputs.tags).toMatchObject({ "kubernetes.io/role/cni": "1" });
  const tableOf = (name: string) =>
    recording.one("aws:ec2/routeTableAssociation:RouteTableAssociation", name).inputs.routeTableId;
  expect(tableOf("net-private-1-1")).toBe(tableOf("net-private-1-0"));
});

test("IPv6 gives every subnet a /64 that stays, and private ones a way out alone", async () => {
  const recording = await recordAws(build({ ipv6: true }));
  const blocks = recording.ofType("aws:ec2/subnet:Subnet").map(({ inputs }) => String(inputs.ipv6CidrBlock));
  expect(new Set(blocks).size).toBe(9);
  expect(count(recording, "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway")).toBe(1);
  expect(count(recording, "aws:ec2/route:Route")).toBe(8);
});

describe("wrong arguments are refused while planning", () => {
  test.each<[string, Partial<AwsNetworkArgs>, string]>([
    [
      "cidr",
      { cidr: "10.1.0.0/23" },
      "cidr is 10.1.0.0/23 with 512 addresses, too small for 4 x /24 for public, 4 x /24 for private, 4 x /24 for database (3072 addresses with alignment); give a shorter prefix.",
    ],
    [
      "cidr",
      { cidr: "10.0.0.0/8" },
      "cidr is 10.0.0.0/8, which is larger than AWS allows for a VPC (/16 to /28); give a /16 and secondaryCidrs.",
    ],
    ["zones", { zones: 1 }, "zones is 1, but EKS and RDS want subnets in at least 2 zones; give 2 or 3."],
    [
      "zoneIds",
      { place: place("prod", "us-west-1") },
      "zoneIds are usw1-az1, usw1-az3, too few for 3 zones in us-west-1; ask for 2, or name more.",
    ],
    [
      "zoneIds",
      { place: place("prod", "mars-north-1") },
      "zoneIds cannot be chosen for the region mars-north-1, which is not known here; name them, such as use1-az1.",
    ],
    [
      "endpoints",
      { nat: "none", endpoints: "s3" },
      'endpoints is "s3" with nat "none", which leaves nodes without a way to AWS; give "private", or nat "single".',
    ],
    [
      "nat",
      { nat: "single" },
      'nat is "single" in prod, where one zone\'s failure would cut all nodes off; give "onePerZone" or "none".',
    ],
    [
      "secondaryCidrs[0]",
      { secondaryCidrs: ["10.1.128.0/17"] },
      "secondaryCidrs[0] is 10.1.128.0/17, which overlaps 10.1.0.0/16; give a range apart from it.",
    ],
    [
      "secondaryCidrs[1]",
      { secondaryCidrs: ["100.64.0.0/16", "100.65.0.0/28"] },
      'secondaryCidrs[1] is "100.65.0.0/28"; give a network of /16 to /26 in CIDR notation, such as 100.64.0.0/16.',
    ],
    [
      "flowLogRetentionDays",
      { flowLogRetentionDays: 31 },
      "flowLogRetentionDays is 31, which CloudWatch Logs does not know; give one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653.",
    ],
  ])("%s %j", async (path, changes, text) => {
    const refused = recordAws(build(changes));
    await expect(refused).rejects.toThrow(`AwsNetwork "net" cannot be planned:\n  ${text}`);
    await expect(refused).rejects.toMatchObject({ errors: [expect.objectContaining({ propertyPath: path })] });
  });
});
