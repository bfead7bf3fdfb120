import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { refuseProblems } from "../arguments";
import { type AwsPlace, namedTags } from "../aws/place";
import { gatewayProblems } from "./gatewayProblems";
import type { LinkGateway, LinkRequest, TunnelEnd } from "./linkGateway";
import { LIFETIME_SECONDS, PROPOSALS, type Proposal } from "./proposal";

export interface AwsLinkGatewayArgs {
  readonly place: AwsPlace;
  /** Ranges of the VPC, which AWS announces. */
  readonly cidrs: readonly string[];
  readonly vpcId: pulumi.Input<string>;
  /** Route tables that learn the other networks, by a name that stays; known while planning but for the ids. */
  readonly routeTableIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Private autonomous system number; a change replaces the gateway. */
  readonly asn: number;
  /** Groups that a link's openings are made in, by a name that stays. @default none, so a link opens nothing */
  readonly securityGroupIds?: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * AWS's end of links: the one virtual private gateway of a VPC. It passes routes on between its links, so networks that
 * are linked to it reach each other through it where their own rules let them.
 */
export class AwsLinkGateway extends pulumi.ComponentResource implements LinkGateway {
  readonly cloud = "aws";
  readonly asn: number;
  readonly cidrs: readonly string[];
  readonly addresses: readonly pulumi.Output<string>[] = [];
  readonly provider: pulumi.ProviderResource | undefined;
  /** Id of the virtual private gateway, once route tables learn from it. */
  readonly gatewayId: pulumi.Output<string>;
  private readonly args: AwsLinkGatewayArgs;

  constructor(name: string, args: AwsLinkGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AwsLinkGateway", name, gatewayProblems(args.asn, args.cidrs));
    super("tideline:interconnect:AwsLinkGateway", name, {}, opts);
    const { place, asn, cidrs, vpcId, routeTableIds } = args;
    this.args = args;
    this.asn = asn;
    this.cidrs = cidrs;
    this.provider = this.getProvider("aws::");
    const gateway = new ec2.VpnGateway(
      name,
      { vpcId, amazonSideAsn: String(asn), tags: namedTags(place, name) },
      { parent: this },
    );
    for (const [table, routeTableId] of Object.entries(routeTableIds)) {
      new ec2.VpnGatewayRoutePropagation(
        `${name}-${table}`,
        { vpnGatewayId: gateway.id, routeTableId },
        { parent: this },
      );
    }
    this.gatewayId = gateway.id;
    this.registerOutputs({ gatewayId: gateway.id });
  }

  /** One connection of two tunnels to each address of the other end. */
  connect({ parent, name, peer, proposal, tunnels, opens }: LinkRequest): readonly pulumi.Output<string>[] {
    const { place, securityGroupIds = {} } = this.args;
    const connections = ([0, 1] as const).map((peerInterface) => {
      const ends = tunnels.filter((tunnel) => tunnel.peerInterface === peerInterface);
      const child = `${name}-aws-${peerInterface}`;
      const tags = namedTags(place, name, `aws-${peerInterface}`);
      const customer = new ec2.CustomerGateway(
        child,
        { type: "ipsec.1", bgpAsn: String(peer.asn), ipAddress: ends[0]?.peerAddress ?? "", tags },
        { parent },
      );
      return new ec2.VpnConnection(
        child,
        {
          type: "ipsec.1",
          vpnGatewayId: this.gatewayId,
          customerGatewayId: customer.id,
          staticRoutesOnly: false,
          ...tunnelArgs(proposal, ends),
          tags,
        },
        { parent },
      );
    });
    for (const [group, securityGroupId] of Object.entries(securityGroupIds)) {
      for (const { protocol, port } of opens) {
        peer.cidrs.forEach((cidrIpv4, index) => {
          new vpc.SecurityGroupIngressRule(
            `${name}-${group}-${protocol}-${port}-${index}`,
            {
              securityGroupId,
              description: `${protocol} ${port} over link ${name}`,
              ipProtocol: protocol,
              fromPort: port,
              toPort: port,
              cidrIpv4,
              tags: namedTags(place, name, `${protocol}-${port}`),
            },
            { parent },
          );
        });
      }
    }
    return tunnels.map(({ peerInterface, ownInterface }) => {
      const connection = connections[peerInterface];
      if (!connection) throw new RangeError(`The other end has no interface ${peerInterface}.`);
      return ownInterface === 0 ? connection.tunnel1Address : connection.tunnel2Address;
    });
  }
}

/** The options of a connection's two tunnels, which the SDK has as one list of names with a number in each. */
function tunnelArgs(proposal: Proposal, ends: readonly TunnelEnd[]) {
  const { encryption, integrity, group } = PROPOSALS[proposal].aws;
  const of = (own: TunnelEnd["ownInterface"]) => {
    const end = ends.find(({ ownInterface }) => ownInterface === own);
    if (!end) throw new RangeError(`A connection has two tunnels; number ${own + 1} is missing.`);
    return end;
  };
  const [one, two] = [of(0), of(1)];
  return {
    tunnel1InsideCidr: one.insideCidr,
    tunnel1PresharedKey: one.key,
    tunnel1IkeVersions: ["ikev2"],
    tunnel1Phase1EncryptionAlgorithms: [encryption],
    tunnel1Phase1IntegrityAlgorithms: [integrity],
    tunnel1Phase1DhGroupNumbers: [group],
    tunnel1Phase1LifetimeSeconds: LIFETIME_SECONDS.phase1,
    tunnel1Phase2EncryptionAlgorithms: [encryption],
    tunnel1Phase2IntegrityAlgorithms: [integrity],
    tunnel1Phase2DhGroupNumbers: [group],
    tunnel1Phase2LifetimeSeconds: LIFETIME_SECONDS.phase2,
    // A dead tunnel is brought up again from here, not only when the other end asks.
    tunnel1DpdTimeoutAction: "restart",
    tunnel1StartupAction: "start",
    tunnel2InsideCidr: two.insideCidr,
    tunnel2PresharedKey: two.key,
    tunnel2IkeVersions: ["ikev2"],
    tunnel2Phase1EncryptionAlgorithms: [encryption],
    tunnel2Phase1IntegrityAlgorithms: [integrity],
    tunnel2Phase1DhGroupNumbers: [group],
    tunnel2Phase1LifetimeSeconds: LIFETIME_SECONDS.phase1,
    tunnel2Phase2EncryptionAlgorithms: [encryption],
    tunnel2Phase2IntegrityAlgorithms: [integrity],
    tunnel2Phase2DhGroupNumbers: [group],
    tunnel2Phase2LifetimeSeconds: LIFETIME_SECONDS.phase2,
    tunnel2DpdTimeoutAction: "restart",
    tunnel2StartupAction: "start",
  };
}
