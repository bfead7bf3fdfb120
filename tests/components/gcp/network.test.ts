import { GcpNetwork, type GcpNetworkArgs } from "../../../components/gcp/network";
import { place, recordBoth, recordGcp } from "../../support/gcpCloud";
import { unwrap } from "../../support/pulumiMocks";

const args: GcpNetworkArgs = { ...place(), cidr: "10.2.0.0/16", zones: 3, nat: "onePerZone" };
const build =
  (changes: Partial<GcpNetworkArgs> = {}) =>
  () =>
    new GcpNetwork("net", { ...args, ...changes });

describe("the network of prod", () => {
  test("has a node subnet with ranges for pods and services, flow logs and private access to Google", async () => {
    for (const recording of await recordBoth(build())) {
      const { inputs } = recording.one("gcp:compute/subnetwork:Subnetwork", "net-nodes");
      expect(inputs).toMatchObject({
        name: "tideline-prod-net-nodes",
        ipCidrRange: "10.2.0.0/20",
        secondaryIpRanges: [
          { rangeName: "pods", ipCidrRange: "10.2.128.0/17" },
          { rangeName: "services", ipCidrRange: "10.2.16.0/20" },
        ],
        privateIpGoogleAccess: true,
        logConfig: { flowSampling: 0.5 },
      });
      expect(recording.one("gcp:compute/network:Network").inputs.autoCreateSubnetworks).toBe(false);
    }
  });

  test("leaves through one address for each zone", async () => {
    const recording = await recordGcp(build());
    expect(recording.ofType("gcp:compute/address:Address").map(({ name }) => name)).toEqual([
      "net-nat-0",
      "net-nat-1",
      "net-nat-2",
    ]);
    expect(await unwrap(recording.result.natAddresses)).toHaveLength(3);
    const nat = recording.one("gcp:compute/routerNat:RouterNat").inputs;
    expect(nat).toMatchObject({ enableDynamicPortAllocation: true, enableEndpointIndependentMapping: false });
    expect(nat.subnetworks).toHaveLength(1);
  });

  test("has neither router nor NAT when asked for none", async () => {
    const recording = await recordGcp(build({ nat: "none" }));
    expect(recording.ofType("gcp:compute/router:Router")).toEqual([]);
    expect(recording.ofType("gcp:compute/routerNat:RouterNat")).toEqual([]);
    expect(await unwrap(recording.result.natAddresses)).toEqual([]);
  });

  test("lets nothing in from the internet, and logs what it refuses", async () => {
    const recording = await recordGcp(build());
    const rules = recording.ofType("gcp:compute/firewall:Firewall");
    const open = rules.filter(({ inputs }) => inputs.allows && (inputs.sourceRanges as string[]).includes("0.0.0.0/0"));
    expect(open).toEqual([]);
    expect(recording.one("gcp:compute/firewall:Firewall", "net-deny-rest").inputs).toMatchObject({
      denies: [{ protocol: "all" }],
      logConfig: { metadata: "INCLUDE_ALL_METADATA" },
    });
  });

  test("lends a range to Google's databases and leaves the peering behind when it goes", async () => {
    const recording = await recordGcp(build());
    expect(recording.one("gcp:compute/globalAddress:GlobalAddress").inputs).toMatchObject({
      purpose: "VPC_PEERING",
      address: "10.2.32.0",
      prefixLength: 20,
    });
    expect(recording.one("gcp:servicenetworking/connection:Connection").inputs.deletionPolicy).toBe("ABANDON");
    expect(await unwrap(recording.result.privateServicesRange)).toBe("tideline-prod-net-services");
  });
});

test("adding a zone changes no subnet", async () => {
  const subnets = async (zones: number) =>
    (await recordGcp(build({ zones }))).ofType("gcp:compute/subnetwork:Subnetwork").map(({ inputs }) => inputs);
  expect(await subnets(3)).toEqual(await subnets(1));
});

describe("wrong arguments are refused", () => {
  test.each<[string, Partial<GcpNetworkArgs>, string]>([
    [
      "a zone for a region",
      { region: "europe-west4-a" },
      "region is \"europe-west4-a\", which is no region's name; give one such as europe-west4, without a zone's letter.",
    ],
    [
      "a small network",
      { cidr: "10.2.0.0/22" },
      "cidr is 10.2.0.0/22; allowed are /8 to /20, so that Cloud SQL has its /24 and pods have half.",
    ],
    ["four zones", { zones: 4 }, "zones is 4; allowed are 1 to 3."],
    ["a share above one", { flowLogShare: 50 }, "flowLogShare is 50; allowed are 0 to 1."],
  ])("%s", (_, changes, text) => {
    expect(build(changes)).toThrow(`GcpNetwork "net" cannot be planned:\n  ${text}`);
  });
});
