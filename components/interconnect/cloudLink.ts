import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { refuseProblems } from "../arguments";
import type { AwsLinkGateway } from "./awsGateway";
import type { AzureLinkGateway } from "./azureGateway";
import type { GcpLinkGateway } from "./gcpGateway";
import type { LinkOpening, TunnelEnd } from "./linkGateway";
import { linkProblems } from "./linkProblems";
import type { Proposal } from "./proposal";
import { CLOUD_ORDER, type LinkCloud, type PlannedTunnel, tunnelPlan } from "./tunnelPlan";

/** One end of a link, told apart by its `cloud`. */
export type LinkEnd = AwsLinkGateway | GcpLinkGateway | AzureLinkGateway;

export interface CloudLinkArgs {
  /** Both ends, in any order, in two clouds. */
  readonly ends: readonly [LinkEnd, LinkEnd];
  /** Number of the link among all links of these gateways, 0 to 31; it decides the addresses inside the tunnels. */
  readonly number: number;
  /** What each end lets the other's network in to, through the groups or tags that its gateway names. @default nothing */
  readonly opens?: Readonly<Partial<Record<LinkCloud, readonly LinkOpening[]>>>;
  /** Algorithms of the tunnels. @default "cnsa" */
  readonly proposal?: Proposal;
}

/**
 * Two clouds' networks joined by IPsec tunnels over IKEv2, with routes exchanged by BGP: four tunnels where AWS is an
 * end, two between Google Cloud and Azure. Each tunnel has a key of its own, generated and secret.
 */
export class CloudLink extends pulumi.ComponentResource {
  /** Public addresses of both ends of each tunnel, by cloud, in the order of tunnels. */
  readonly tunnelAddresses: Readonly<Partial<Record<LinkCloud, pulumi.Output<string[]>>>>;

  constructor(name: string, args: CloudLinkArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("CloudLink", name, linkProblems(args));
    const [first, second] = inOrder(args.ends);
    const providers = [first.provider, second.provider].filter((provider) => provider !== undefined);
    super("tideline:interconnect:CloudLink", name, {}, { ...opts, providers });
    const { number, opens = {}, proposal = "cnsa" } = args;
    const tunnels = tunnelPlan(number, first.cloud).map((tunnel) => ({
      ...tunnel,
      key: createKey(this, `${name}-${tunnel.index}`),
    }));
    const request = { parent: this, name, proposal };
    const outside = first.connect({
      ...request,
      peer: second,
      opens: opens[first.cloud] ?? [],
      tunnels: tunnels.map((tunnel) => firstEnd(tunnel, at(second.addresses, tunnel.second))),
    });
    const answered = second.connect({
      ...request,
      peer: first,
      opens: opens[second.cloud] ?? [],
      tunnels: tunnels.map((tunnel) => secondEnd(tunnel, at(outside, tunnel.index))),
    });
    this.tunnelAddresses = {
      [first.cloud]: pulumi.all([...outside]),
      [second.cloud]: pulumi.all([...answered]),
    };
    this.registerOutputs({ tunnelAddresses: this.tunnelAddresses });
  }
}

function inOrder([one, other]: CloudLinkArgs["ends"]): CloudLinkArgs["ends"] {
  return CLOUD_ORDER.indexOf(one.cloud) < CLOUD_ORDER.indexOf(other.cloud) ? [one, other] : [other, one];
}

/** Letters and digits, which every cloud takes; AWS refuses a key that starts with a zero, so a letter comes first. */
function createKey(parent: pulumi.Resource, name: string): pulumi.Output<string> {
  const password = new random.RandomPassword(name, { length: 48, special: false }, { parent });
  return pulumi.secret(password.result.apply((text) => `t${text}`));
}

interface KeyedTunnel extends PlannedTunnel {
  readonly key: pulumi.Output<string>;
}

function firstEnd({ index, inside, first, second, key }: KeyedTunnel, peerAddress: pulumi.Output<string>): TunnelEnd {
  const addresses = { insideCidr: inside.cidr, insideAddress: inside.first, peerInsideAddress: inside.second };
  return { index, key, ...addresses, ownInterface: first, peerInterface: second, peerAddress };
}

function secondEnd({ index, inside, first, second, key }: KeyedTunnel, peerAddress: pulumi.Output<string>): TunnelEnd {
  const addresses = { insideCidr: inside.cidr, insideAddress: inside.second, peerInsideAddress: inside.first };
  return { index, key, ...addresses, ownInterface: second, peerInterface: first, peerAddress };
}

function at(addresses: readonly pulumi.Output<string>[], index: number): pulumi.Output<string> {
  const address = addresses[index];
  if (!address) throw new RangeError(`The gateway has no address ${index}.`);
  return address;
}
