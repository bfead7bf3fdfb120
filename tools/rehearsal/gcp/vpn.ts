import { addressIn, cidrsOverlap } from "../cidr";
import type { InputRule, Made, ResourceType, Rule } from "../resourceType";
import {
  CIDR,
  fixed,
  gcpType,
  input,
  list,
  NAME,
  number,
  object,
  oneOf,
  others,
  projectOf,
  refers,
  regionOf,
  text,
} from "./gcpType";
import { NETWORK } from "./networkRules";

const ROUTER = "gcp:compute/router:Router";
const GATEWAY = "gcp:compute/haVpnGateway:HaVpnGateway";
const EXTERNAL = "gcp:compute/externalVpnGateway:ExternalVpnGateway";
const TUNNEL = "gcp:compute/vPNTunnel:VPNTunnel";
const INTERFACE = "gcp:compute/routerInterface:RouterInterface";

const name = text({ required: true, replaces: true, pattern: NAME });
const region = text({ required: true, replaces: true });
const selfLink = (_: Made, id: string) => ({ selfLink: `https://www.googleapis.com/compute/v1/${id}` });
const regional = (kind: string) => (made: Made) =>
  `projects/${projectOf(made)}/regions/${regionOf(made)}/${kind}/${input(made, "name")}`;
const ofRouter = (made: Made) => `${regionOf(made)}/${input(made, "router")}/${input(made, "name")}`;
const ADDRESS = /\d{1,3}(\.\d{1,3}){3}/;

/** How many addresses each redundancy has. */
const REDUNDANCY: Readonly<Record<string, number>> = {
  SINGLE_IP_INTERNALLY_REDUNDANT: 1,
  TWO_IPS_REDUNDANCY: 2,
  FOUR_IPS_REDUNDANCY: 4,
};

const asManyAddresses: Rule = (made) => {
  const given = ((made.inputs.interfaces ?? []) as readonly unknown[]).length;
  const wanted = REDUNDANCY[input(made, "redundancyType")] ?? 0;
  return given === wanted
    ? undefined
    : `googleapi: Error 400: Invalid value for field 'resource.interfaces': ${input(made, "redundancyType")} needs ${wanted} interfaces, found ${given}., invalid`;
};

/** Two tunnels between the same two addresses are one too many. */
const oneTunnelEach: Rule = (made, current) => {
  const fields = ["vpnGateway", "vpnGatewayInterface", "peerExternalGateway", "peerExternalGatewayInterface"];
  const twin = others(made, current, TUNNEL).find(({ inputs }) =>
    fields.every((field) => inputs[field] === made.inputs[field]),
  );
  return twin && `googleapi: Error 400: The tunnel ${twin.id} has the same gateway interfaces., invalid`;
};

const rangesApart: Rule = (made, current) => {
  const range = (value: unknown) => String(value).replace(/\.(\d+)\/30$/, (_, host) => `.${Number(host) & ~3}/30`);
  const twin = others(made, current, INTERFACE).find(
    ({ inputs }) =>
      inputs.router === made.inputs.router && cidrsOverlap(range(inputs.ipRange), range(made.inputs.ipRange)),
  );
  return twin && `googleapi: Error 400: The IP range ${input(made, "ipRange")} overlaps that of ${twin.id}., invalid`;
};

const ASN: InputRule = number({ required: true, min: 1, max: 4_294_967_294 });

/** A router's session settings; an input of the router, which the network's catalogue holds. */
export const routerBgp: InputRule = object({
  asn: ASN,
  advertiseMode: oneOf("DEFAULT", "CUSTOM"),
  advertisedIpRanges: list(object({ range: text({ required: true, pattern: CIDR }), description: text() })),
});

const phase = list(text(), { min: 1 });

/** HA VPN. Sources: Compute Engine API v1; the provider's schema, 9.x. */
export const vpnTypes: readonly ResourceType[] = [
  gcpType({
    token: GATEWAY,
    api: "compute",
    labels: "labels",
    inputs: {
      name,
      region,
      network: refers(NETWORK, ["selfLink"], { required: true, replaces: true }),
      description: fixed(text()),
      stackType: fixed(oneOf("IPV4_ONLY", "IPV4_IPV6", "IPV6_ONLY")),
    },
    id: regional("vpnGateways"),
    outputs: (made, id) => ({
      ...selfLink(made, id),
      vpnInterfaces: [0, 1].map((index) => ({
        id: index,
        ipAddress: addressIn("35.242.0.0/16", made.sequence * 2 + index),
      })),
    }),
  }),
  gcpType({
    token: EXTERNAL,
    api: "compute",
    labels: "labels",
    inputs: {
      name,
      description: fixed(text()),
      redundancyType: fixed(text({ required: true, values: Object.keys(REDUNDANCY) })),
      interfaces: fixed(
        list(object({ id: number({ required: true, min: 0, max: 3 }), ipAddress: text({ pattern: ADDRESS }) })),
      ),
    },
    rules: [asManyAddresses],
    id: (made) => `projects/${projectOf(made)}/global/externalVpnGateways/${input(made, "name")}`,
    outputs: selfLink,
  }),
  gcpType({
    token: TUNNEL,
    api: "compute",
    labels: "labels",
    inputs: {
      name,
      region,
      vpnGateway: refers(GATEWAY, ["selfLink"], { replaces: true }),
      vpnGatewayInterface: number({ min: 0, max: 1, replaces: true }),
      peerExternalGateway: refers(EXTERNAL, ["selfLink"], { replaces: true }),
      peerExternalGatewayInterface: number({ min: 0, max: 3, replaces: true }),
      router: refers(ROUTER, ["name", "selfLink"], { replaces: true }),
      sharedSecret: fixed(text()),
      ikeVersion: number({ min: 1, max: 2, replaces: true, default: 2 }),
      cipherSuite: fixed(
        object({
          phase1: object({ encryptions: phase, integrities: phase, prves: phase, dhs: phase }),
          phase2: object({ encryptions: phase, integrities: phase, pfs: phase }),
        }),
      ),
    },
    rules: [oneTunnelEach],
    id: regional("vpnTunnels"),
    outputs: (made, id) => ({ ...selfLink(made, id), detailedStatus: "Tunnel is up and running." }),
  }),
  gcpType({
    token: INTERFACE,
    api: "compute",
    inputs: {
      name,
      region,
      router: refers(ROUTER, ["name"], { required: true, replaces: true }),
      ipRange: fixed(text({ pattern: CIDR })),
      vpnTunnel: refers(TUNNEL, ["name", "selfLink"], { replaces: true }),
    },
    rules: [rangesApart],
    id: ofRouter,
  }),
  gcpType({
    token: "gcp:compute/routerPeer:RouterPeer",
    api: "compute",
    inputs: {
      name,
      region,
      router: refers(ROUTER, ["name"], { required: true, replaces: true }),
      interface: refers(INTERFACE, ["name"], { required: true, replaces: true }),
      peerIpAddress: text({ pattern: ADDRESS }),
      peerAsn: ASN,
      advertisedRoutePriority: number({ min: 0, max: 65_535 }),
    },
    id: (made) =>
      `projects/${projectOf(made)}/regions/${regionOf(made)}/routers/${input(made, "router")}/${input(made, "name")}`,
  }),
];
