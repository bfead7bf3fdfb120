import { awsCatalogue } from "../../../../tools/rehearsal/aws/catalogue";
import type { Live } from "../../../../tools/rehearsal/resourceType";

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** Refusals of a rule in a group, in a cloud with this alone. */
function refusals(securityGroupId: string, live: Pick<Live, "token" | "id" | "outputs">): string[] {
  const resource: Live = { ...live, urn: "urn::other", inputs: {} };
  const find = (tokens: readonly string[], value: unknown) =>
    tokens.includes(resource.token) && resource.id === value ? resource : undefined;
  const made = {
    name: "rule",
    inputs: { securityGroupId, ipProtocol: "tcp" },
    account: "123456789012",
    region: "us-east-1",
    sequence: 1,
    world: { resources: [resource], find },
  };
  const rules = awsCatalogue.typeOf(INGRESS)?.rules ?? [];
  return rules.flatMap((rule) => rule(made, undefined) ?? []);
}

const id = "sg-00000000000000001";

describe("a security group's rule", () => {
  test("is taken in a group of the program's", () => {
    expect(refusals(id, { token: "aws:ec2/securityGroup:SecurityGroup", id, outputs: {} })).toEqual([]);
  });

  test("is taken in the group that EKS made for a cluster", () => {
    const outputs = { vpcConfig: { clusterSecurityGroupId: id } };
    expect(refusals(id, { token: "aws:eks/cluster:Cluster", id: "main", outputs })).toEqual([]);
  });

  test("is refused in a group that does not exist", () => {
    expect(refusals(id, { token: "aws:ec2/vpc:Vpc", id: "vpc-1", outputs: {} })).toEqual([
      "InvalidGroup.NotFound: The security group 'sg-00000000000000001' does not exist",
    ]);
  });
});
