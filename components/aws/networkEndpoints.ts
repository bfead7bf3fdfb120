import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { NAME_LIMITS } from "../naming";
import { interfaceEndpoints } from "./networkPlan";
import { type AwsPlace, awsName, namedTags } from "./place";

export interface AwsNetworkEndpointsArgs {
  readonly place: AwsPlace;
  readonly networkId: pulumi.Input<string>;
  /** IPv4 ranges of the VPC, which alone reach the interface endpoints. */
  readonly networkCidrs: readonly string[];
  readonly choice: "s3" | "images" | "private";
  /** One subnet a zone, for the interface endpoints. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** Route tables that get S3's gateway. */
  readonly routeTableIds: readonly pulumi.Input<string>[];
}

/** Ways to AWS's own services that do not leave the VPC. */
export class AwsNetworkEndpoints extends pulumi.ComponentResource {
  constructor(name: string, args: AwsNetworkEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:aws:NetworkEndpoints", name, {}, opts);
    const { place, networkId, choice, subnetIds, routeTableIds } = args;
    const serviceName = (service: string) => `com.amazonaws.${place.region}.${service}`;
    new ec2.VpcEndpoint(
      `${name}-s3`,
      {
        vpcId: networkId,
        serviceName: serviceName("s3"),
        vpcEndpointType: "Gateway",
        routeTableIds: [...routeTableIds],
        tags: namedTags(place, name, "s3"),
      },
      { parent: this },
    );
    const services = interfaceEndpoints(choice);
    const group = services.length > 0 ? securityGroup(this, name, args) : undefined;
    for (const service of group ? services : []) {
      new ec2.VpcEndpoint(
        `${name}-${service.replaceAll(".", "-")}`,
        {
          vpcId: networkId,
          serviceName: serviceName(service),
          vpcEndpointType: "Interface",
          privateDnsEnabled: true,
          subnetIds: [...subnetIds],
          securityGroupIds: group ? [group.id] : [],
          tags: namedTags(place, name, service.replaceAll(".", "-")),
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}

function securityGroup(parent: pulumi.Resource, name: string, args: AwsNetworkEndpointsArgs): ec2.SecurityGroup {
  const { place, networkId, networkCidrs } = args;
  const group = new ec2.SecurityGroup(
    name,
    {
      name: awsName(place, name, NAME_LIMITS.awsSecurityGroup),
      description: "HTTPS from the VPC to its interface endpoints",
      vpcId: networkId,
      tags: namedTags(place, name),
    },
    { parent },
  );
  networkCidrs.forEach((cidr, index) => {
    new vpc.SecurityGroupIngressRule(
      `${name}-https-${index}`,
      {
        securityGroupId: group.id,
        description: "HTTPS from the VPC",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: cidr,
        tags: namedTags(place, name, `https-${index}`),
      },
      { parent },
    );
  });
  return group;
}
