import { networksLinkedToAzure } from "../../stacks/links";
import { parseValues } from "../support/config";

const foundation = (cidr: string) => ({
  region: "eastus",
  network: { cidr },
  cluster: { version: "1.34", nodePools: {} },
  database: { machineType: "small" },
});
const clouds = {
  "tideline:environment": "prod",
  "tideline:aws": { ...foundation("10.1.0.0/16"), accountId: "123456789012" },
  "tideline:gcp": { ...foundation("10.2.0.0/16"), project: "acme-ml-prod" },
  "tideline:azure": {
    ...foundation("10.3.0.0/16"),
    subscriptionId: "00000000-0000-4000-8000-000000000001",
    tenantId: "00000000-0000-4000-8000-000000000002",
  },
};
const linked = (links: Record<string, unknown>) =>
  networksLinkedToAzure(parseValues({ ...clouds, "tideline:links": links }, "prod"));

describe("networks that reach Azure's", () => {
  test("without a link to Azure there are none", () => {
    expect(linked({})).toEqual([]);
    expect(linked({ "aws-gcp": {} })).toEqual([]);
  });

  test("a linked one is let in to what is named, and to nothing else", () => {
    expect(linked({ "aws-azure": { opens: { azure: [{ port: 443 }] } } })).toEqual([
      { cidr: "10.1.0.0/16", opens: [{ protocol: "tcp", port: 443 }] },
    ]);
  });

  test("one that AWS passes on is let in to nothing", () => {
    expect(linked({ "aws-gcp": {}, "aws-azure": { opens: { azure: [{ port: 443 }] } } })).toEqual([
      { cidr: "10.1.0.0/16", opens: [{ protocol: "tcp", port: 443 }] },
      { cidr: "10.2.0.0/16", opens: [] },
    ]);
  });

  test("Google Cloud's own link opens Azure to Google Cloud alone", () => {
    expect(linked({ "gcp-azure": { opens: { azure: [{ protocol: "udp", port: 53 }] } } })).toEqual([
      { cidr: "10.2.0.0/16", opens: [{ protocol: "udp", port: 53 }] },
    ]);
  });
});
