import { gatewayProblems } from "../../../components/interconnect/gatewayProblems";

test.each([64_512, 65_534, 4_200_000_000, 4_294_967_294])("the private number %i is taken", (asn) => {
  expect(gatewayProblems(asn, ["10.1.0.0/16"])).toEqual([]);
});

test.each<[string, number, string[], string, string]>([
  [
    "a public number",
    15_169,
    ["10.1.0.0/16"],
    "asn",
    "is 15169, which is no private number; give one of 64512 to 65534, a different one for each cloud.",
  ],
  [
    "a number that Azure keeps",
    65_515,
    ["10.1.0.0/16"],
    "asn",
    "is 65515, which Azure keeps for itself (65515, 65517, 65518, 65519, 65520); give another of 64512 to 65534.",
  ],
  ["no range", 64_512, [], "cidrs", "is empty, so nothing would be announced; give the network's range."],
  [
    "a range that is none",
    64_512,
    ["10.1.0.1/16"],
    "cidrs[0]",
    'is "10.1.0.1/16", which is not an IPv4 network in CIDR notation without host bits; give one such as 10.1.0.0/16.',
  ],
])("%s is refused", (_, asn, cidrs, path, reason) => {
  expect(gatewayProblems(asn, cidrs)).toEqual([{ path, reason }]);
});
