import { simulatedAws } from "../../../support/awsCloud";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const TABLE = "aws:ec2/routeTable:RouteTable";
const ROUTE = "aws:ec2/route:Route";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

function withVpc() {
  const aws = simulatedAws();
  const vpc = aws.create(VPC, { cidrBlock: "10.1.0.0/16" });
  const subnet = (cidrBlock: string) =>
    aws.create(SUBNET, { vpcId: vpc.id, cidrBlock, availabilityZoneId: "use1-az1" });
  return { aws, vpc, subnet };
}

test("ids and ARNs have EC2's shape", () => {
  const { vpc } = withVpc();
  expect(vpc.id).toMatch(/^vpc-[0-9a-f]{17}$/);
  expect(vpc.outputs.arn).toBe(`arn:aws:ec2:us-east-1:123456789012:vpc/${vpc.id}`);
});

test("a VPC is at most a /16", () => {
  expect(() => simulatedAws().create(VPC, { cidrBlock: "10.0.0.0/8" })).toThrow(
    "InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid.",
  );
});

test("subnets lie inside their VPC, a secondary range included, and apart", () => {
  const { aws, vpc, subnet } = withVpc();
  subnet("10.1.0.0/24");
  expect(() => subnet("10.2.0.0/24")).toThrow("InvalidSubnet.Range: The CIDR '10.2.0.0/24' is invalid.");
  expect(() => subnet("10.1.0.128/25")).toThrow(
    "InvalidSubnet.Conflict: The CIDR '10.1.0.128/25' conflicts with another subnet",
  );
  aws.create("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", {
    vpcId: vpc.id,
    cidrBlock: "100.64.0.0/16",
  });
  expect(subnet("100.64.0.0/18").id).toMatch(/^subnet-/);
});

test("a VPC with a subnet in it does not go", () => {
  const { aws, vpc, subnet } = withVpc();
  const inside = subnet("10.1.0.0/24");
  expect(() => aws.remove(vpc)).toThrow(
    `DependencyViolation: resource ${vpc.id} has a dependent object (${SUBNET} ${inside.id}).`,
  );
  aws.remove(inside);
  expect(() => aws.remove(vpc)).not.toThrow();
});

test("what is named must be there", () => {
  expect(() => simulatedAws().create(GATEWAY, { vpcId: "vpc-0" })).toThrow(
    'ResourceNotFound: vpcId names "vpc-0", which does not exist.',
  );
});

test("a route has one target, a table one route for each destination", () => {
  const { aws, vpc } = withVpc();
  const gateway = aws.create(GATEWAY, { vpcId: vpc.id });
  const table = aws.create(TABLE, { vpcId: vpc.id });
  const route = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0" };
  expect(() => aws.create(ROUTE, route)).toThrow(
    "InvalidParameterCombination: exactly one route target is expected, found 0",
  );
  aws.create(ROUTE, { ...route, gatewayId: gateway.id });
  expect(() => aws.create(ROUTE, { ...route, gatewayId: gateway.id })).toThrow(
    "RouteAlreadyExists: The route identified by the destination already exists.",
  );
});

test("an endpoint is for a service of the region, once a VPC", () => {
  const { aws, vpc } = withVpc();
  const endpoint = (serviceName: string) => aws.create(ENDPOINT, { vpcId: vpc.id, serviceName });
  endpoint("com.amazonaws.us-east-1.s3");
  expect(() => endpoint("com.amazonaws.eu-west-1.s3")).toThrow(
    "InvalidServiceName: The Vpc Endpoint Service 'com.amazonaws.eu-west-1.s3' does not exist",
  );
  expect(() => endpoint("com.amazonaws.us-east-1.s3")).toThrow("conflicting DNS domain");
});

test("security groups of a VPC have names of their own", () => {
  const { aws, vpc } = withVpc();
  aws.create(GROUP, { name: "a", vpcId: vpc.id });
  expect(() => aws.create(GROUP, { name: "a", vpcId: vpc.id })).toThrow(
    "InvalidGroup.Duplicate: The security group 'a' already exists",
  );
});

test("the sixth address of a region needs a higher quota", () => {
  const aws = simulatedAws();
  for (let index = 0; index < 5; index++) aws.create("aws:ec2/eip:Eip", { domain: "vpc" });
  expect(() => aws.create("aws:ec2/eip:Eip", { domain: "vpc" })).toThrow("AddressLimitExceeded: the quota of 5");
});

test("a mistyped property is no property", () => {
  expect(() => simulatedAws().create(VPC, { cidrBlok: "10.1.0.0/16", cidrBlock: "10.1.0.0/16" })).toThrow(
    "cidrBlok: aws:ec2/vpc:Vpc has no such property; did you mean cidrBlock?",
  );
});
