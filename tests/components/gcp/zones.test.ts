import { regionProblem, zonesOf } from "../../../components/gcp/zones";

describe("zones of a region", () => {
  test.each([
    ["europe-west4", 3, ["europe-west4-a", "europe-west4-b", "europe-west4-c"]],
    ["us-east1", 2, ["us-east1-b", "us-east1-c"]],
    ["europe-west1", 1, ["europe-west1-b"]],
    ["us-central1", 4, ["us-central1-a", "us-central1-b", "us-central1-c", "us-central1-f"]],
  ])("%s has its own letters for %i zones", (region, count, zones) => {
    expect(zonesOf(region, count)).toEqual(zones);
  });

  test("one more zone never changes those before", () => {
    for (const region of ["europe-west4", "us-east1", "us-central1"]) {
      expect(zonesOf(region, 3).slice(0, 2)).toEqual(zonesOf(region, 2));
    }
  });

  test("says how many a region has", () => {
    expect(() => zonesOf("europe-west4", 4)).toThrow("The region europe-west4 has 3 zones; 4 were asked for.");
    expect(() => zonesOf("europe-west4", 0)).toThrow("The region europe-west4 has 3 zones; 0 were asked for.");
  });
});

test("tells a region's name from a zone's and from another cloud's", () => {
  expect(["europe-west4", "northamerica-northeast1", "me-central2"].map(regionProblem)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(regionProblem("europe-west4-a")).toBe(
    "is \"europe-west4-a\", which is no region's name; give one such as europe-west4, without a zone's letter.",
  );
  expect(regionProblem("us-east-1")).toMatch(/^is "us-east-1", which is no region's name/);
});
