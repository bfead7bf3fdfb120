import fc from "fast-check";
import { zoneIds, zoneProblem } from "../../../components/aws/zones";

test.each([
  ["us-east-1", 3, ["use1-az1", "use1-az2", "use1-az4"]],
  ["us-west-1", 2, ["usw1-az1", "usw1-az3"]],
  ["ca-central-1", 3, ["cac1-az1", "cac1-az2", "cac1-az4"]],
  ["ap-northeast-1", 3, ["apne1-az1", "apne1-az2", "apne1-az4"]],
])("%s, %d zones, leaves out what EKS refuses", (region, count, expected) => {
  expect(zoneIds(region, count)).toEqual(expected);
  expect(zoneProblem(region, count)).toBeUndefined();
});

test("asking for one more never changes those before", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("us-east-1", "eu-west-1", "us-west-2"),
      fc.integer({ min: 1, max: 2 }),
      (region, count) => {
        expect(zoneIds(region, count + 1)?.slice(0, count)).toEqual(zoneIds(region, count));
      },
    ),
  );
});

test("the caller's own zones come first, in the caller's order", () => {
  expect(zoneIds("us-east-1", 2, ["use1-az6", "use1-az5", "use1-az4"])).toEqual(["use1-az6", "use1-az5"]);
  expect(zoneIds("mars-north-1", 1, ["mrn1-az1"])).toEqual(["mrn1-az1"]);
});
