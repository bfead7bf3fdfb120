import { hasZones, locationProblem, pairOf, zonesOf } from "../../../components/azure/locations";

test("a zone more never changes those before, and some locations have none", () => {
  expect([1, 2, 3].map((count) => zonesOf("westeurope", count))).toEqual([["1"], ["1", "2"], ["1", "2", "3"]]);
  expect(zonesOf("westus", 1)).toEqual([]);
  expect([hasZones("westeurope"), hasZones("canadaeast")]).toEqual([true, false]);
});

test("pairs are named from both ends, and a location never pairs with itself", () => {
  expect([pairOf("westeurope"), pairOf("northeurope"), pairOf("qatarcentral")]).toEqual([
    "northeurope",
    "westeurope",
    undefined,
  ]);
});

test.each(["West Europe", "west-europe", "eu-west-1", ""])("%j is no location", (location) => {
  expect(locationProblem(location)).toBe(
    `is "${location}", which is no location's name; give one such as westeurope, in lower case without spaces.`,
  );
});
