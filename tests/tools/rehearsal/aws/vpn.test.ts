import { awsCatalogue } from "../../../../tools/rehearsal/aws/catalogue";
import { createResource } from "../../../../tools/rehearsal/simulator";
import type { WorldState } from "../../../../tools/rehearsal/world";

const location = { account: "123456789012", region: "us-east-1" };

/** A VPC with a gateway, and another end. */
class Site {
  private state: WorldState = { sequence: 0, clock: 0, waited: 0, resources: [] };
  private readonly vpcId = this.create("vpc:Vpc", { cidrBlock: "10.1.0.0/16" });
  private readonly vpnGatewayId = this.gateway("64512");
  private readonly customerGatewayId = this.create("customerGateway:CustomerGateway", {
    type: "ipsec.1",
    bgpAsn: "64513",
    ipAddress: "198.51.100.7",
  });

  gateway(amazonSideAsn: string): string {
    return this.create("vpnGateway:VpnGateway", { vpcId: this.vpcId, amazonSideAsn });
  }

  connect(tunnel1InsideCidr: string, tunnel2InsideCidr: string, tunnel1PresharedKey = "tabcdefgh"): string {
    const { vpnGatewayId, customerGatewayId } = this;
    const inputs = { type: "ipsec.1", vpnGatewayId, customerGatewayId };
    return this.create("vpnConnection:VpnConnection", {
      ...inputs,
      tunnel1InsideCidr,
      tunnel2InsideCidr,
      tunnel1PresharedKey,
    });
  }

  private create(type: string, inputs: Record<string, unknown>): string {
    const subject = { token: `aws:ec2/${type}`, urn: `urn::${this.state.sequence}`, name: "it", location };
    const { state, result } = createResource(awsCatalogue, this.state, subject, inputs);
    this.state = state;
    return result.id;
  }
}

describe("the simulated AWS's gateways", () => {
  test("a connection that is right is made", () => {
    expect(new Site().connect("169.254.21.0/30", "169.254.21.4/30")).toMatch(/^vpn-/);
  });

  test("a VPC has one gateway", () => {
    expect(() => new Site().gateway("64512")).toThrow(/^VpcLimitExceeded: vpc vpc-\w+ already has /);
  });

  test.each([
    [
      "a range that AWS keeps",
      "169.254.169.252/30",
      "169.254.21.4/30",
      /169\.254\.169\.252\/30 is not a \/30 .* or is reserved\.$/,
    ],
    ["a range of another size", "169.254.21.0/29", "169.254.21.8/30", /169\.254\.21\.0\/29 is not a \/30 /],
    [
      "a range beyond link-local",
      "10.9.0.0/30",
      "169.254.21.4/30",
      /10\.9\.0\.0\/30 is not a \/30 of 169\.254\.0\.0\/16/,
    ],
    ["one range twice", "169.254.21.0/30", "169.254.21.0/30", /169\.254\.21\.0\/30 is already in use\.$/],
  ])("%s is refused", (_, one, two, refusal) => {
    expect(() => new Site().connect(one, two)).toThrow(refusal);
  });

  test("a range in use by another connection is refused", () => {
    const site = new Site();
    site.connect("169.254.21.0/30", "169.254.21.4/30");
    expect(() => site.connect("169.254.21.8/30", "169.254.21.4/30")).toThrow(
      "InvalidParameterValue: The tunnel inside CIDR 169.254.21.4/30 is already in use.",
    );
  });

  test("a key that starts with a zero is refused", () => {
    expect(() => new Site().connect("169.254.21.0/30", "169.254.21.4/30", "0abcdefgh")).toThrow(
      /^tunnel1PresharedKey: /,
    );
  });
});
