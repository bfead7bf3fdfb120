import { audit } from "../../../tools/rehearsal/audit";
import type { WorldState } from "../../../tools/rehearsal/world";

const TYPE = "aws:ec2/vpc:Vpc";
const urn = (name: string) => `urn:pulumi:dev::p::${TYPE}::${name}`;

function cloud(...found: [name: string, id: string][]): Record<string, WorldState> {
  const resources = found.map(([name, id]) => ({
    token: TYPE,
    id,
    urn: urn(name),
    inputs: {},
    outputs: {},
    account: "1",
    region: "r",
    sequence: 1,
    createdAt: 1,
  }));
  return { aws: { sequence: 1, clock: 1, waited: 0, resources } };
}

function state(...found: [name: string, id: string][]) {
  return { resources: found.map(([name, id]) => ({ urn: urn(name), type: TYPE, id, custom: true })) };
}

describe("audit", () => {
  test("finds nothing where state and clouds agree", () => {
    expect(audit(state(["a", "1"]), cloud(["a", "1"]))).toEqual({ orphans: [], duplicates: [], missing: [] });
  });

  test("finds what the engine does not know of, once and twice", () => {
    const { orphans, duplicates, missing } = audit(state(["a", "1"]), cloud(["a", "1"], ["a", "2"], ["b", "3"]));
    expect(orphans.map(({ id }) => id)).toEqual(["2", "3"]);
    expect(duplicates).toEqual([urn("a")]);
    expect(missing).toEqual([]);
  });

  test("finds what no cloud has, and leaves components and providers out", () => {
    const { missing } = audit(
      {
        resources: [
          ...state(["a", "1"]).resources,
          { urn: "urn:c", type: "tideline:aws:Network" },
          { urn: "urn:p", type: "pulumi:providers:aws", id: "x", custom: true },
        ],
      },
      {},
    );
    expect(missing).toEqual([urn("a")]);
  });
});
