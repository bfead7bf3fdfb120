import { addressIn } from "../cidr";
import type { Made, ResourceType } from "../resourceType";
import {
  CIDR,
  deletionPolicy,
  fixed,
  flag,
  gcpType,
  input,
  list,
  NAME,
  number,
  object,
  oneOf,
  projectOf,
  refers,
  regionOf,
  text,
} from "./gcpType";
import {
  firewallDirection,
  GLOBAL_ADDRESS,
  lentRangeApart,
  NETWORK,
  natAddresses,
  natPorts,
  oneProxySubnet,
  rangeSize,
  rangesApart,
  SUBNETWORK,
} from "./networkRules";
import { routerBgp } from "./vpn";

export const CONNECTION = "gcp:servicenetworking/connection:Connection";
const ROUTER = "gcp:compute/router:Router";
const ROUTER_NAT = "gcp:compute/routerNat:RouterNat";
const ADDRESS = "gcp:compute/address:Address";

const globalId = (kind: string) => (made: Made) => `projects/${projectOf(made)}/global/${kind}/${input(made, "name")}`;
const regionalId = (kind: string) => (made: Made) =>
  `projects/${projectOf(made)}/regions/${regionOf(made)}/${kind}/${input(made, "name")}`;
const selfLink = (_: Made, id: string) => ({ selfLink: `https://www.googleapis.com/compute/v1/${id}` });
const name = text({ required: true, replaces: true, pattern: NAME });
const region = text({ required: true, replaces: true });

const protocolRules = list(
  object({ protocol: text({ required: true }), ports: list(text({ pattern: /\d+(-\d+)?/ })) }),
);
const network = refers(NETWORK, ["selfLink"], { required: true, replaces: true });

/** Compute Engine's networks. Sources: Compute Engine API v1; the provider's schema, 9.x. */
export const networkTypes: readonly ResourceType[] = [
  gcpType({
    token: NETWORK,
    api: "compute",
    inputs: {
      name,
      description: fixed(text()),
      autoCreateSubnetworks: flag({ replaces: true, default: true }),
      routingMode: oneOf("REGIONAL", "GLOBAL"),
      mtu: number({ min: 1300, max: 8896, replaces: true }),
      deleteDefaultRoutesOnCreate: flag({ default: false }),
    },
    quota: { most: 15, code: "googleapi: Error 403: QUOTA_EXCEEDED: Quota 'NETWORKS' exceeded" },
    id: globalId("networks"),
    outputs: (made, id) => ({
      ...selfLink(made, id),
      gatewayIpv4: "",
      networkId: String(made.sequence),
      numericId: String(made.sequence),
    }),
  }),
  gcpType({
    token: SUBNETWORK,
    api: "compute",
    inputs: {
      name,
      region,
      network,
      // Growing it is done in place; this catalogue takes every change for the worse case, a smaller or another range.
      ipCidrRange: text({ required: true, replaces: true, pattern: CIDR }),
      secondaryIpRanges: list(
        object({
          rangeName: text({ required: true, pattern: NAME }),
          ipCidrRange: text({ required: true, pattern: CIDR }),
        }),
        { max: 170 },
      ),
      purpose: text({
        replaces: true,
        values: ["PRIVATE", "REGIONAL_MANAGED_PROXY", "PRIVATE_SERVICE_CONNECT"],
        default: "PRIVATE",
      }),
      role: oneOf("ACTIVE", "BACKUP"),
      privateIpGoogleAccess: flag(),
      stackType: oneOf("IPV4_ONLY", "IPV4_IPV6"),
      logConfig: object({
        aggregationInterval: oneOf(
          "INTERVAL_5_SEC",
          "INTERVAL_30_SEC",
          "INTERVAL_1_MIN",
          "INTERVAL_5_MIN",
          "INTERVAL_10_MIN",
          "INTERVAL_15_MIN",
        ),
        flowSampling: number({ min: 0, max: 1 }),
        metadata: oneOf("INCLUDE_ALL_METADATA", "EXCLUDE_ALL_METADATA", "CUSTOM_METADATA"),
      }),
    },
    rules: [rangeSize, rangesApart, oneProxySubnet],
    id: regionalId("subnetworks"),
    outputs: (made, id) => ({
      ...selfLink(made, id),
      gatewayAddress: addressIn(input(made, "ipCidrRange"), 1),
      creationTimestamp: "2026-01-01T00:00:00Z",
      fingerprint: `fp${made.sequence}`,
    }),
  }),
  gcpType({
    token: "gcp:compute/firewall:Firewall",
    api: "compute",
    inputs: {
      name,
      network,
      description: text(),
      direction: text({ replaces: true, values: ["INGRESS", "EGRESS"] }),
      priority: number({ min: 0, max: 65_535 }),
      sourceRanges: list(text({ pattern: CIDR }), { max: 5000 }),
      targetTags: list(text({ pattern: NAME }), { max: 70 }),
      allows: protocolRules,
      denies: protocolRules,
      logConfig: object({ metadata: text({ required: true }) }),
    },
    rules: [firewallDirection],
    quota: { most: 100, code: "googleapi: Error 403: QUOTA_EXCEEDED: Quota 'FIREWALLS' exceeded" },
    id: globalId("firewalls"),
    outputs: selfLink,
  }),
  gcpType({
    token: ROUTER,
    api: "compute",
    inputs: { name, region, network, description: text(), bgp: routerBgp },
    quota: { most: 20, code: "googleapi: Error 403: QUOTA_EXCEEDED: Quota 'ROUTERS' exceeded" },
    id: regionalId("routers"),
    outputs: selfLink,
  }),
  gcpType({
    token: ADDRESS,
    api: "compute",
    labels: "labels",
    inputs: {
      name,
      region,
      addressType: text({ replaces: true, values: ["EXTERNAL", "INTERNAL"] }),
      networkTier: text({ replaces: true, values: ["PREMIUM", "STANDARD"] }),
      address: fixed(text()),
    },
    quota: { most: 8, per: "region", code: "googleapi: Error 403: QUOTA_EXCEEDED: Quota 'STATIC_ADDRESSES' exceeded" },
    id: regionalId("addresses"),
    outputs: (made, id) => ({ ...selfLink(made, id), address: addressIn("34.90.0.0/16", made.sequence) }),
  }),
  gcpType({
    token: ROUTER_NAT,
    api: "compute",
    inputs: {
      name,
      region,
      router: refers(ROUTER, ["name"], { required: true, replaces: true }),
      natIpAllocateOption: oneOf("MANUAL_ONLY", "AUTO_ONLY"),
      natIps: list(refers(ADDRESS)),
      sourceSubnetworkIpRangesToNat: text({
        required: true,
        values: ["LIST_OF_SUBNETWORKS", "ALL_SUBNETWORKS_ALL_IP_RANGES", "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES"],
      }),
      subnetworks: list(
        object({
          name: refers(SUBNETWORK, ["selfLink"], { required: true }),
          sourceIpRangesToNats: list(text(), { required: true }),
        }),
      ),
      enableDynamicPortAllocation: flag(),
      enableEndpointIndependentMapping: flag(),
      minPortsPerVm: number({ min: 2, max: 65_536 }),
      maxPortsPerVm: number({ min: 64, max: 65_536 }),
      logConfig: object({
        enable: flag({ required: true }),
        filter: text({ required: true, values: ["ERRORS_ONLY", "TRANSLATIONS_ONLY", "ALL"] }),
      }),
    },
    rules: [natPorts, natAddresses],
    id: (made) => `${projectOf(made)}/${regionOf(made)}/${input(made, "router")}/${input(made, "name")}`,
  }),
  gcpType({
    token: GLOBAL_ADDRESS,
    api: "compute",
    labels: "labels",
    inputs: {
      name,
      network: refers(NETWORK, ["selfLink"], { replaces: true }),
      purpose: text({ replaces: true, values: ["VPC_PEERING", "PRIVATE_SERVICE_CONNECT"] }),
      addressType: text({ replaces: true, values: ["EXTERNAL", "INTERNAL"] }),
      address: fixed(text()),
      prefixLength: number({ min: 8, max: 30, replaces: true }),
    },
    rules: [lentRangeApart],
    id: globalId("addresses"),
    outputs: selfLink,
  }),
  gcpType({
    token: CONNECTION,
    api: "servicenetworking",
    projectless: true,
    inputs: {
      network,
      service: text({ required: true, replaces: true, values: ["servicenetworking.googleapis.com"] }),
      deletionPolicy,
      reservedPeeringRanges: list(refers(GLOBAL_ADDRESS, ["name"]), { required: true, min: 1 }),
    },
    id: (made) => `${encodeURIComponent(input(made, "network"))}:${input(made, "service")}`,
    outputs: () => ({ peering: "servicenetworking-googleapis-com" }),
  }),
];
