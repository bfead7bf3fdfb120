import { ofType, refersTo } from "../frame/relations";
import { defineRule, type StackResource } from "../frame/rule";

const SUBNET_GROUPS = ["aws:rds/subnetGroup:SubnetGroup", "aws:elasticache/subnetGroup:SubnetGroup"];

/** Databases and caches stand in subnets without a way to the internet. */
export const rdsPrivateSubnets = defineRule({
  name: "rds-private-subnets",
  title: "Databases and caches on AWS stand in subnets that the internet has no route to.",
  why: "One wrong flag or security group is then not enough to open them.",
  fix: "Give the subnet group subnets whose route table has no route to an internet gateway.",
  severity: "high",
  purpose: "boundary",
  types: [
    ...SUBNET_GROUPS,
    "aws:ec2/subnet:Subnet",
    "aws:ec2/route:Route",
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
  ],
  checkStack: (resources) => {
    const isPublic = publicSubnets(resources);
    return SUBNET_GROUPS.flatMap((type) => ofType(resources, type)).flatMap((group) => {
      const open = (group.propertyDependencies.subnetIds ?? []).filter(({ urn }) => isPublic.has(urn));
      if (open.length === 0) return [];
      return [
        { urn: group.urn, text: `${open.map(({ name }) => name).join(", ")} has a route to an internet gateway.` },
      ];
    });
  },
});

/** URNs of subnets whose route table leads to an internet gateway. */
function publicSubnets(resources: readonly StackResource[]): Set<string> {
  const routes = ofType(resources, "aws:ec2/route:Route").filter(({ propertyDependencies }) =>
    (propertyDependencies.gatewayId ?? []).some(({ type }) => type === "aws:ec2/internetGateway:InternetGateway"),
  );
  const tables = ofType(resources, "aws:ec2/routeTable:RouteTable").filter((table) =>
    routes.some((route) => refersTo(route, "routeTableId", table)),
  );
  const links = ofType(resources, "aws:ec2/routeTableAssociation:RouteTableAssociation").filter((link) =>
    tables.some((table) => refersTo(link, "routeTableId", table)),
  );
  return new Set(
    links.flatMap(({ propertyDependencies }) => (propertyDependencies.subnetId ?? []).map(({ urn }) => urn)),
  );
}
