import { read } from "../frame/read";
import { belongingTo, ofType, refersTo } from "../frame/relations";
import { defineRule, PRODUCTION, type StackResource } from "../frame/rule";

/** Production has a NAT gateway in each zone. */
export const awsNatPerZone = defineRule({
  name: "aws-nat-per-zone",
  title: "Production has a NAT gateway in each zone.",
  why: "With one gateway its zone's failure cuts all zones off, and traffic between zones is paid for.",
  fix: "Set network.nat to onePerZone.",
  severity: "medium",
  purpose: "availability",
  levels: PRODUCTION,
  types: ["aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet", "aws:ec2/natGateway:NatGateway"],
  checkStack: (resources) =>
    ofType(resources, "aws:ec2/vpc:Vpc").flatMap((vpc) => {
      const subnets = belongingTo(resources, vpc, "aws:ec2/subnet:Subnet", "vpcId");
      const gateways = ofType(resources, "aws:ec2/natGateway:NatGateway");
      const served = subnets.filter((subnet) => gateways.some((gateway) => refersTo(gateway, "subnetId", subnet)));
      const missing = [...zonesOf(subnets)].filter((zone) => !zonesOf(served).has(zone));
      // A network without any way out is another matter.
      if (served.length === 0 || missing.length === 0) return [];
      return [{ urn: vpc.urn, text: `No NAT gateway stands in ${missing.join(", ")}.` }];
    }),
});

function zonesOf(subnets: readonly StackResource[]): Set<string> {
  return new Set(
    subnets.map(({ props }) => String(read(props, "availabilityZoneId") ?? read(props, "availabilityZone"))),
  );
}
