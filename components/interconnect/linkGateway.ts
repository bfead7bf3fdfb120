import type * as pulumi from "@pulumi/pulumi";
import type { Proposal } from "./proposal";
import type { GatewayInterface, LinkCloud } from "./tunnelPlan";

/** A port that one end lets the other end's network in to. */
export interface LinkOpening {
  readonly protocol: "tcp" | "udp";
  /** 1 to 65535. */
  readonly port: number;
}

/** A tunnel, as one end's gateway needs it. */
export interface TunnelEnd {
  /** Position in the link; part of names. */
  readonly index: number;
  /** Pre-shared key. Secret. */
  readonly key: pulumi.Output<string>;
  /** The tunnel's /30 with this end's address and the other's. */
  readonly insideCidr: string;
  readonly insideAddress: string;
  readonly peerInsideAddress: string;
  readonly ownInterface: GatewayInterface;
  readonly peerInterface: GatewayInterface;
  /** The other end's public address. */
  readonly peerAddress: pulumi.Output<string>;
}

/** What a gateway is asked to connect to. */
export interface LinkRequest {
  /** The link, which becomes the parent of what is made. */
  readonly parent: pulumi.Resource;
  /** The link's name, from which names are derived. */
  readonly name: string;
  readonly peer: Pick<LinkGateway, "cloud" | "asn" | "cidrs">;
  readonly proposal: Proposal;
  readonly tunnels: readonly TunnelEnd[];
  /** What this end lets in from the other. */
  readonly opens: readonly LinkOpening[];
}

/** One end of links: a cloud's VPN gateway. A network has one, which all of its links share. */
export interface LinkGateway extends pulumi.ComponentResource {
  readonly cloud: LinkCloud;
  /** Autonomous system number for BGP, known while planning. */
  readonly asn: number;
  /** IPv4 ranges that it announces, known while planning. */
  readonly cidrs: readonly string[];
  /** Public addresses by interface; empty on AWS, which gives each tunnel an address of its own. */
  readonly addresses: readonly pulumi.Output<string>[];
  /** Numbers of the links that it is prepared for; undefined where it needs no preparation. */
  readonly links?: readonly number[] | undefined;
  /** The provider that its resources are made by. */
  readonly provider: pulumi.ProviderResource | undefined;
  /** Makes this end of a link's tunnels, and gives this end's public address for each. */
  connect(request: LinkRequest): readonly pulumi.Output<string>[];
}
