import { GcpWorld } from "../../../support/gcpCloud";

const region = "europe-west4";

/** A network with a gateway, a router and another end of two addresses. */
function site() {
  const world = new GcpWorld();
  const network = world.create("gcp:compute/network:Network", { name: "net", autoCreateSubnetworks: false }).id;
  const gateway = world.create("gcp:compute/haVpnGateway:HaVpnGateway", { name: "ha", region, network }).id;
  world.create("gcp:compute/router:Router", { name: "router", region, network, bgp: { asn: 64_513 } });
  const external = (redundancyType: string, count: number) =>
    world.create("gcp:compute/externalVpnGateway:ExternalVpnGateway", {
      name: "other",
      redundancyType,
      interfaces: Array.from({ length: count }, (_, id) => ({ id, ipAddress: `198.51.100.${id + 1}` })),
    }).id;
  const tunnel = (name: string, peer: string, peerInterface: number) =>
    world.create("gcp:compute/vPNTunnel:VPNTunnel", {
      name,
      region,
      vpnGateway: gateway,
      vpnGatewayInterface: 0,
      peerExternalGateway: peer,
      peerExternalGatewayInterface: peerInterface,
      router: "router",
      sharedSecret: "tabcdefgh",
    });
  const inside = (name: string, vpnTunnel: string, ipRange: string) =>
    world.create("gcp:compute/routerInterface:RouterInterface", { name, region, router: "router", vpnTunnel, ipRange });
  return { external, tunnel, inside };
}

describe("the simulated Google Cloud's gateways", () => {
  test("another end has as many addresses as its redundancy says", () => {
    expect(() => site().external("FOUR_IPS_REDUNDANCY", 2)).toThrow(
      /FOUR_IPS_REDUNDANCY needs 4 interfaces, found 2\./,
    );
    expect(site().external("TWO_IPS_REDUNDANCY", 2)).toMatch(/\/externalVpnGateways\/other$/);
  });

  test("there is one tunnel between two addresses", () => {
    const { external, tunnel } = site();
    const peer = external("TWO_IPS_REDUNDANCY", 2);
    tunnel("one", peer, 0);
    tunnel("two", peer, 1);
    expect(() => tunnel("three", peer, 0)).toThrow(/\/vpnTunnels\/one has the same gateway interfaces\./);
  });

  test("ranges inside a router's tunnels do not overlap", () => {
    const { external, tunnel, inside } = site();
    const peer = external("TWO_IPS_REDUNDANCY", 2);
    tunnel("one", peer, 0);
    tunnel("two", peer, 1);
    inside("one", "one", "169.254.21.2/30");
    expect(() => inside("two", "two", "169.254.21.1/30")).toThrow(/The IP range 169\.254\.21\.1\/30 overlaps that of /);
    expect(inside("two", "two", "169.254.21.6/30").id).toMatch(/\/router\/two$/);
  });
});
