import { compareInputs } from "../../../tools/rehearsal/compare";
import { UNKNOWN } from "../../../tools/rehearsal/wire";
import { smallCloud } from "../../support/smallCloud";

function changes(olds: Record<string, unknown>, news: Record<string, unknown>): string[] {
  const type = smallCloud.typeOf("small:net/subnet:Subnet");
  if (!type) throw new Error("no such type");
  return compareInputs(type, olds, news).map(
    ({ path, kind, replaces }) => `${kind} ${path}${replaces ? ", replacing" : ""}`,
  );
}

describe("compareInputs", () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>, string[]]>([
    ["no change", { cidr: "a", ports: [1] }, { cidr: "a", ports: [1] }, []],
    ["a property that replaces", { cidr: "a" }, { cidr: "b" }, ["update cidr, replacing"]],
    ["a property that does not", { ports: [1] }, { ports: [2] }, ["update ports[0]"]],
    ["a longer list", { ports: [1] }, { ports: [1, 2] }, ["add ports[1]"]],
    ["a property removed", { ports: [1] }, {}, ["delete ports"]],
    ["null for absent", { ports: null }, {}, []],
    ["the default given in words", { settings: {} }, { settings: { mode: "closed" } }, []],
    ["inside an object", { settings: { size: 1 } }, { settings: { size: 2 } }, ["update settings.size, replacing"]],
    ["an object with a part that replaces", {}, { settings: { size: 1 } }, ["add settings, replacing"]],
    ["an object without such a part", {}, { settings: { mode: "open" } }, ["add settings"]],
    ["a value not known yet", { cidr: "a" }, { cidr: UNKNOWN }, ["update cidr, replacing"]],
    ["the engine's own properties", { __defaults: [1] }, { __defaults: [] }, []],
  ])("%s", (_, olds, news, expected) => {
    expect(changes(olds, news)).toEqual(expected);
  });
});
