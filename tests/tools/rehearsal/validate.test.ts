import { validateInputs } from "../../../tools/rehearsal/validate";
import { UNKNOWN } from "../../../tools/rehearsal/wire";
import { smallCloud } from "../../support/smallCloud";

function problems(token: string, inputs: Record<string, unknown>): string[] {
  const type = smallCloud.typeOf(token);
  if (!type) throw new Error(`no type ${token}`);
  return validateInputs(type, inputs).map(({ property, reason }) => `${property}: ${reason}`);
}

const subnet = { networkId: "net-1", cidr: "10.0.0.0/24" };

describe("validateInputs", () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ["all that is right", { ...subnet, settings: { mode: "open", size: 3 }, ports: [80] }, []],
    ["what is not known yet", { networkId: UNKNOWN, cidr: UNKNOWN, ports: UNKNOWN }, []],
    ["the engine's own properties", { ...subnet, __defaults: [] }, []],
    ["nothing", {}, ["networkId: is required and not given", "cidr: is required and not given"]],
    [
      "a mistyped property",
      { ...subnet, porst: [80] },
      ["porst: small:net/subnet:Subnet has no such property; did you mean ports?"],
    ],
    [
      "an unknown property like no other",
      { ...subnet, encryption: true },
      ["encryption: small:net/subnet:Subnet has no such property"],
    ],
    [
      "a mistyped property inside",
      { ...subnet, settings: { sise: 1 } },
      ["settings.sise: small:net/subnet:Subnet has no such property; did you mean size?"],
    ],
    ["another type", { ...subnet, cidr: 10 }, ["cidr: expected a string, found 10"]],
    ["an object for a list", { ...subnet, ports: {} }, ["ports: expected a list, found {}"]],
    ["a member of another type", { ...subnet, ports: [80, "x"] }, ['ports[1]: expected a number, found "x"']],
    [
      "a text not allowed",
      { ...subnet, settings: { mode: "ajar" } },
      ['settings.mode: found "ajar", allowed: open, closed'],
    ],
    ["too small a number", { ...subnet, settings: { size: 0 } }, ["settings.size: found 0, at least 1 is allowed"]],
    ["too large a number", { ...subnet, settings: { size: 10 } }, ["settings.size: found 10, at most 9 is allowed"]],
    ["too many members", { ...subnet, ports: [1, 2, 3, 4] }, ["ports: found 4 members, at most 3 is allowed"]],
  ])("%s", (_, inputs, expected) => {
    expect(problems("small:net/subnet:Subnet", inputs)).toEqual(expected);
  });

  test("names a pattern that the whole text must match, and a length", () => {
    expect(problems("small:net/network:Network", { cidr: "10.0.0.0/16 or so", name: "far-too-long" })).toEqual([
      String.raw`cidr: found "10.0.0.0/16 or so", which does not match \d+\.\d+\.\d+\.\d+\/\d+`,
      'name: found 12 characters ("far-too-long"), at most 8 are allowed',
    ]);
  });

  test("checks the values of a map", () => {
    expect(problems("small:net/network:Network", { cidr: "10.0.0.0/16", tags: { "a b": 1 } })).toEqual([
      'tags["a b"]: expected a string, found 1',
    ]);
  });
});
