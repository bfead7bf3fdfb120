import { Provider as AwsProvider } from "@pulumi/aws/provider";
import { InputPropertiesError } from "@pulumi/pulumi";
import { CloudLink, type CloudLinkArgs } from "../../../components/interconnect/cloudLink";
import { awsGateway, azureGateway, gcpGateway, recordBoth, recordClouds } from "../../support/linkedClouds";
import { unwrap } from "../../support/pulumiMocks";

const awsGcp = (changes: Partial<CloudLinkArgs> = {}) =>
  new CloudLink("aws-gcp", { ends: [gcpGateway(), awsGateway()], number: 0, ...changes });
const awsAzure = () => new CloudLink("aws-azure", { ends: [awsGateway(), azureGateway()], number: 1 });
const gcpAzure = () => new CloudLink("gcp-azure", { ends: [azureGateway(), gcpGateway()], number: 2 });

const CONNECTION = "aws:ec2/vpnConnection:VpnConnection";
const TUNNEL = "gcp:compute/vPNTunnel:VPNTunnel";
const AZURE_CONNECTION = "azure-native:network:VirtualNetworkGatewayConnection";

describe("AWS to Google Cloud", () => {
  test("has four tunnels over IKEv2 with the algorithms of CNSA alone, on both ends", async () => {
    for (const recording of await recordBoth(awsGcp)) {
      const connections = recording.ofType(CONNECTION);
      expect(connections.map(({ inputs }) => [inputs.tunnel1InsideCidr, inputs.tunnel2InsideCidr])).toEqual([
        ["169.254.21.0/30", "169.254.21.4/30"],
        ["169.254.21.8/30", "169.254.21.12/30"],
      ]);
      for (const { inputs } of connections) {
        expect(inputs).toMatchObject({
          tunnel1IkeVersions: ["ikev2"],
          tunnel2IkeVersions: ["ikev2"],
          tunnel1Phase1EncryptionAlgorithms: ["AES256-GCM-16"],
          tunnel2Phase1IntegrityAlgorithms: ["SHA2-384"],
          tunnel1Phase2DhGroupNumbers: [20],
          tunnel2StartupAction: "start",
        });
      }
      const tunnels = recording.ofType(TUNNEL);
      expect(tunnels).toHaveLength(4);
      expect(tunnels.map(({ inputs }) => [inputs.vpnGatewayInterface, inputs.peerExternalGatewayInterface])).toEqual([
        [0, 0],
        [0, 1],
        [1, 2],
        [1, 3],
      ]);
      for (const { inputs } of tunnels) {
        expect(inputs).toMatchObject({
          ikeVersion: 2,
          cipherSuite: {
            phase1: { encryptions: ["AES-GCM-16-256"], prves: ["PRF-HMAC-SHA2-384"], dhs: ["Group-20"] },
            phase2: { encryptions: ["AES-GCM-16-256"], pfs: ["Group-20"] },
          },
        });
      }
    }
  });

  test("each tunnel's two ends agree on key, addresses and numbers", async () => {
    const recording = await recordClouds(awsGcp);
    const keys = recording
      .ofType(CONNECTION)
      .flatMap(({ inputs }) => [inputs.tunnel1PresharedKey, inputs.tunnel2PresharedKey]);
    expect(recording.ofType(TUNNEL).map(({ inputs }) => inputs.sharedSecret)).toEqual(keys);
    expect(new Set(keys).size).toBe(4);
    const customers = recording.ofType("aws:ec2/customerGateway:CustomerGateway");
    const { result } = recording;
    const [gcp, aws] = [await unwrap(result.tunnelAddresses.gcp ?? []), await unwrap(result.tunnelAddresses.aws ?? [])];
    expect(customers.map(({ inputs }) => inputs.ipAddress)).toEqual([gcp[0], gcp[2]]);
    expect(recording.one("gcp:compute/externalVpnGateway:ExternalVpnGateway").inputs).toMatchObject({
      redundancyType: "FOUR_IPS_REDUNDANCY",
      interfaces: aws.map((ipAddress, id) => ({ id, ipAddress })),
    });
    expect(customers.map(({ inputs }) => inputs.bgpAsn)).toEqual(["64513", "64513"]);
    const peers = recording.ofType("gcp:compute/routerPeer:RouterPeer");
    expect(peers.map(({ inputs }) => [inputs.peerIpAddress, inputs.peerAsn])).toEqual([
      ["169.254.21.1", 64_512],
      ["169.254.21.5", 64_512],
      ["169.254.21.9", 64_512],
      ["169.254.21.13", 64_512],
    ]);
    const own = recording.ofType("gcp:compute/routerInterface:RouterInterface").map(({ inputs }) => inputs.ipRange);
    expect(own).toEqual(["169.254.21.2/30", "169.254.21.6/30", "169.254.21.10/30", "169.254.21.14/30"]);
  });

  test("keys are secret wherever they go, and start as AWS asks", async () => {
    const recording = await recordClouds(awsGcp);
    for (const { secretInputs } of recording.ofType(TUNNEL)) expect(secretInputs).toContain("sharedSecret");
    for (const { secretInputs, inputs } of recording.ofType(CONNECTION)) {
      expect(secretInputs).toEqual(expect.arrayContaining(["tunnel1PresharedKey", "tunnel2PresharedKey"]));
      expect(inputs.tunnel1PresharedKey).toMatch(/^t[A-Za-z0-9]{48}$/);
    }
  });

  test("routes are learned where they are asked for, and the network's range announced", async () => {
    const recording = await recordClouds(awsGcp);
    expect(recording.ofType("aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation")).toHaveLength(1);
    expect(recording.one("gcp:compute/router:Router").inputs.bgp).toEqual({
      asn: 64_513,
      advertiseMode: "CUSTOM",
      advertisedIpRanges: [{ range: "10.2.0.0/16" }],
    });
  });

  test("opens nothing until something is named, and then that alone", async () => {
    const rules = ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "gcp:compute/firewall:Firewall"];
    const closed = await recordClouds(awsGcp);
    expect(rules.flatMap((type) => closed.ofType(type))).toEqual([]);
    const opens = { aws: [{ protocol: "tcp", port: 5432 }], gcp: [{ protocol: "tcp", port: 443 }] } as const;
    const open = await recordClouds(() => awsGcp({ opens }));
    expect(open.one(rules[0] ?? "").inputs).toMatchObject({ cidrIpv4: "10.2.0.0/16", fromPort: 5432, toPort: 5432 });
    expect(open.one(rules[1] ?? "").inputs).toMatchObject({
      sourceRanges: ["10.1.0.0/16"],
      targetTags: ["node"],
      allows: [{ protocol: "tcp", ports: ["443"] }],
    });
  });

  test("the other proposal is said to both ends", async () => {
    const recording = await recordClouds(() => awsGcp({ proposal: "ecp256" }));
    expect(recording.ofType(CONNECTION)[0]?.inputs.tunnel1Phase1DhGroupNumbers).toEqual([19]);
    expect(recording.ofType(TUNNEL)[0]?.inputs).toMatchObject({ cipherSuite: { phase2: { pfs: ["Group-19"] } } });
  });
});

describe("AWS to Azure", () => {
  test("has a connection for each tunnel, from the instance that the tunnel is for", async () => {
    for (const recording of await recordBoth(awsAzure)) {
      const connections = recording.ofType(AZURE_CONNECTION);
      const addresses = connections.map(({ inputs }) =>
        (inputs.gatewayCustomBgpIpAddresses as { customBgpIpAddress: string }[]).map((each) => each.customBgpIpAddress),
      );
      expect(addresses).toEqual([
        ["169.254.21.18", "169.254.21.26"],
        ["169.254.21.22", "169.254.21.26"],
        ["169.254.21.18", "169.254.21.26"],
        ["169.254.21.18", "169.254.21.30"],
      ]);
      expect(connections[0]?.inputs).toMatchObject({
        connectionProtocol: "IKEv2",
        enableBgp: true,
        ipsecPolicies: [{ ikeEncryption: "GCMAES256", ikeIntegrity: "SHA384", dhGroup: "ECP384", pfsGroup: "ECP384" }],
      });
      const peers = recording
        .ofType("azure-native:network:LocalNetworkGateway")
        .map(({ inputs }) => inputs.bgpSettings);
      expect(peers).toEqual([17, 21, 25, 29].map((host) => ({ asn: 64_512, bgpPeeringAddress: `169.254.21.${host}` })));
    }
  });

  test("Azure's gateway is active twice, in a subnet of its own at the network's end", async () => {
    const recording = await recordClouds(awsAzure);
    const gateway = recording.one("azure-native:network:VirtualNetworkGateway").inputs;
    expect(gateway).toMatchObject({
      vpnType: "RouteBased",
      activeActive: true,
      sku: { name: "VpnGw2AZ", tier: "VpnGw2AZ" },
    });
    expect(gateway.ipConfigurations).toHaveLength(2);
    expect(gateway.bgpSettings).toMatchObject({
      asn: 64_514,
      bgpPeeringAddresses: [
        { customBgpIpAddresses: ["169.254.21.18", "169.254.21.22", "169.254.21.34"] },
        { customBgpIpAddresses: ["169.254.21.26", "169.254.21.30", "169.254.21.38"] },
      ],
    });
    expect(recording.one("azure-native:network:Subnet").inputs).toMatchObject({
      subnetName: "GatewaySubnet",
      addressPrefix: "10.3.255.224/27",
    });
  });
});

test("Google Cloud to Azure has two tunnels, address to address", async () => {
  const recording = await recordClouds(gcpAzure);
  const { gcp, azure } = recording.result.tunnelAddresses;
  expect(await unwrap(gcp ?? [])).toHaveLength(2);
  expect(recording.one("gcp:compute/externalVpnGateway:ExternalVpnGateway").inputs).toMatchObject({
    redundancyType: "TWO_IPS_REDUNDANCY",
    interfaces: (await unwrap(azure ?? [])).map((ipAddress, id) => ({ id, ipAddress })),
  });
  const others = recording.ofType("azure-native:network:LocalNetworkGateway");
  expect(others.map(({ inputs }) => inputs.gatewayIpAddress)).toEqual(await unwrap(gcp ?? []));
});

test("three links share each cloud's one gateway", async () => {
  const recording = await recordClouds(() => {
    const [aws, gcp, azure] = [awsGateway(), gcpGateway(), azureGateway()];
    new CloudLink("aws-gcp", { ends: [aws, gcp], number: 0 });
    new CloudLink("aws-azure", { ends: [aws, azure], number: 1 });
    new CloudLink("gcp-azure", { ends: [gcp, azure], number: 2 });
  });
  expect(recording.ofType("aws:ec2/vpnGateway:VpnGateway")).toHaveLength(1);
  expect(recording.ofType(CONNECTION)).toHaveLength(4);
  expect(recording.ofType(TUNNEL)).toHaveLength(6);
  expect(recording.ofType(AZURE_CONNECTION)).toHaveLength(6);
});

test("the order in which ends are named changes nothing", async () => {
  const inputs = async (program: () => unknown) =>
    (await recordClouds(program)).resources.map(({ urn, inputs: given }) => JSON.stringify([urn, given])).sort();
  const turned = () => {
    const [gcp, aws] = [gcpGateway(), awsGateway()];
    return new CloudLink("aws-gcp", { ends: [aws, gcp], number: 0 });
  };
  expect(await inputs(turned)).toEqual(await inputs(awsGcp));
});

test("everything is a child of its link or gateway and named from it, and outputs are registered", async () => {
  const recording = await recordClouds(awsAzure);
  const components = recording.resources.filter(({ custom, type }) => !custom && type.startsWith("tideline:"));
  expect(components.map(({ name }) => name).sort()).toEqual(["aws-azure", "aws-gateway", "azure-gateway"]);
  for (const { urn, name, outputs } of components) {
    const children = recording.resources.filter(({ parent }) => parent === urn);
    expect(children.filter((child) => !child.name.startsWith(name))).toEqual([]);
    expect(children.length).toBeGreaterThan(0);
    expect(outputs).toBeDefined();
  }
});

test("a link's resources are made by its gateways' providers", async () => {
  const recording = await recordClouds(() => {
    const provider = new AwsProvider("aws-prod", { region: "us-east-1" });
    const ends = [awsGateway({}, { providers: [provider] }), gcpGateway()] as const;
    return new CloudLink("aws-gcp", { ends, number: 0 });
  });
  const made = recording.ofType(CONNECTION).map(({ provider }) => provider.split("::").at(-2));
  expect(made).toEqual(["aws-prod", "aws-prod"]);
});

test("a wrong link is refused before anything is made, with its name", async () => {
  const refused = recordClouds(() => awsGcp({ number: 40 }));
  await expect(refused).rejects.toThrow(
    'CloudLink "aws-gcp" cannot be planned:\n  number is 40; give each link a number of its own from 0 to 31, and keep it.',
  );
  await expect(recordClouds(() => awsGateway({ asn: 1 }))).rejects.toThrow(InputPropertiesError);
});
