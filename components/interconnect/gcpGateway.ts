import * as compute from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";
import { refuseProblems } from "../arguments";
import { type GcpPlace, standardLabels } from "../gcp/place";
import { NAME_LIMITS, physicalName } from "../naming";
import { gatewayProblems } from "./gatewayProblems";
import type { LinkGateway, LinkRequest, TunnelEnd } from "./linkGateway";
import { PROPOSALS } from "./proposal";

export interface GcpLinkGatewayArgs extends GcpPlace {
  /** Ranges that are announced, which need not be subnets: the network's whole range covers them all. */
  readonly cidrs: readonly string[];
  /** Self link or id of the network. */
  readonly network: pulumi.Input<string>;
  /** Private autonomous system number. */
  readonly asn: number;
  /** Tags of the machines that a link's openings let in to. @default none, so a link opens nothing */
  readonly targetTags?: readonly string[];
}

/** Google Cloud's end of links: an HA VPN gateway of two addresses, and a router that speaks BGP. */
export class GcpLinkGateway extends pulumi.ComponentResource implements LinkGateway {
  readonly cloud = "gcp";
  readonly asn: number;
  readonly cidrs: readonly string[];
  readonly addresses: readonly pulumi.Output<string>[];
  readonly provider: pulumi.ProviderResource | undefined;
  private readonly args: GcpLinkGatewayArgs;
  private readonly gateway: compute.HaVpnGateway;
  private readonly router: compute.Router;

  constructor(name: string, args: GcpLinkGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("GcpLinkGateway", name, gatewayProblems(args.asn, args.cidrs));
    super("tideline:interconnect:GcpLinkGateway", name, {}, opts);
    const { project, region, network, asn, cidrs } = args;
    this.args = args;
    this.asn = asn;
    this.cidrs = cidrs;
    this.provider = this.getProvider("gcp::");
    const physical = physicalName({ stack: args.stack, component: name }, NAME_LIMITS.gcpCompute);
    this.gateway = new compute.HaVpnGateway(
      name,
      { name: physical, project, region, network, stackType: "IPV4_ONLY", labels: standardLabels(args, name) },
      { parent: this },
    );
    this.router = new compute.Router(
      name,
      {
        name: physical,
        project,
        region,
        network,
        bgp: { asn, advertiseMode: "CUSTOM", advertisedIpRanges: cidrs.map((range) => ({ range })) },
      },
      { parent: this },
    );
    this.addresses = [0, 1].map((id) =>
      this.gateway.vpnInterfaces.apply((all) => all.find((each) => each.id === id)?.ipAddress ?? ""),
    );
    this.registerOutputs({ addresses: this.addresses });
  }

  connect(request: LinkRequest): readonly pulumi.Output<string>[] {
    const { parent, name, peer, tunnels, opens } = request;
    const { project, network, targetTags = [] } = this.args;
    const external = new compute.ExternalVpnGateway(
      `${name}-gcp`,
      {
        name: this.named(name),
        project,
        redundancyType: tunnels.length === 4 ? "FOUR_IPS_REDUNDANCY" : "TWO_IPS_REDUNDANCY",
        interfaces: tunnels.map(({ index, peerAddress }) => ({ id: index, ipAddress: peerAddress })),
        labels: standardLabels(this.args, name),
      },
      { parent },
    );
    for (const tunnel of tunnels) this.createTunnel(request, external, tunnel);
    if (opens.length > 0 && targetTags.length > 0) {
      new compute.Firewall(
        `${name}-gcp`,
        {
          name: this.named(name, "allow"),
          project,
          network,
          direction: "INGRESS",
          priority: 1000,
          sourceRanges: [...peer.cidrs],
          targetTags: [...targetTags],
          allows: opens.map(({ protocol, port }) => ({ protocol, ports: [String(port)] })),
        },
        { parent },
      );
    }
    return tunnels.map(({ ownInterface }) => this.address(ownInterface));
  }

  private createTunnel(
    { parent, name, peer, proposal }: LinkRequest,
    external: compute.ExternalVpnGateway,
    end: TunnelEnd,
  ) {
    const { project, region } = this.args;
    const { encryption, pseudoRandom, group } = PROPOSALS[proposal].gcp;
    const child = `${name}-gcp-${end.index}`;
    const physical = this.named(name, String(end.index));
    const tunnel = new compute.VPNTunnel(
      child,
      {
        name: physical,
        project,
        region,
        vpnGateway: this.gateway.id,
        vpnGatewayInterface: end.ownInterface,
        peerExternalGateway: external.id,
        peerExternalGatewayInterface: end.index,
        router: this.router.name,
        sharedSecret: end.key,
        ikeVersion: 2,
        cipherSuite: {
          phase1: { encryptions: [encryption], prves: [pseudoRandom], dhs: [group] },
          phase2: { encryptions: [encryption], pfs: [group] },
        },
        labels: standardLabels(this.args, name),
      },
      { parent },
    );
    const inside = new compute.RouterInterface(
      child,
      {
        name: physical,
        project,
        region,
        router: this.router.name,
        ipRange: `${end.insideAddress}/30`,
        vpnTunnel: tunnel.name,
      },
      { parent },
    );
    new compute.RouterPeer(
      child,
      {
        name: physical,
        project,
        region,
        router: this.router.name,
        interface: inside.name,
        peerIpAddress: end.peerInsideAddress,
        peerAsn: peer.asn,
        // The same for all tunnels: traffic is spread over them.
        advertisedRoutePriority: 100,
      },
      { parent },
    );
  }

  private address(index: number): pulumi.Output<string> {
    const address = this.addresses[index];
    if (!address) throw new RangeError(`The gateway has no address ${index}.`);
    return address;
  }

  private named(link: string, part?: string): string {
    return physicalName(
      { stack: this.args.stack, component: link, ...(part === undefined ? {} : { part }) },
      NAME_LIMITS.gcpCompute,
    );
  }
}
