import { type CheckedLink, linkProblems } from "../../../components/interconnect/linkProblems";

const aws = { cloud: "aws", asn: 64_512, cidrs: ["10.1.0.0/16"] } as const;
const gcp = { cloud: "gcp", asn: 64_513, cidrs: ["10.2.0.0/16"] } as const;
const azure = { cloud: "azure", asn: 64_514, cidrs: ["10.3.0.0/16"], links: [1, 2] } as const;
const link: CheckedLink = { number: 0, ends: [aws, gcp] };

test("a link between two clouds has nothing wrong with it", () => {
  expect(linkProblems(link)).toEqual([]);
  expect(linkProblems({ number: 2, ends: [azure, gcp] })).toEqual([]);
});

test.each<[string, Partial<CheckedLink>, string, string]>([
  [
    "a number too great",
    { number: 32 },
    "number",
    "is 32; give each link a number of its own from 0 to 31, and keep it.",
  ],
  [
    "a fraction for a number",
    { number: 0.5 },
    "number",
    "is 0.5; give each link a number of its own from 0 to 31, and keep it.",
  ],
  [
    "one cloud twice",
    { ends: [aws, { ...aws, asn: 64_520, cidrs: ["10.9.0.0/16"] }] },
    "ends",
    "are both in AWS; a link joins two clouds. Peer the two networks there instead.",
  ],
  [
    "one number for both ends",
    { ends: [aws, { ...gcp, asn: 64_512 }] },
    "ends[1].asn",
    "is 64512, which ends[0].asn is too; BGP needs a number of its own at each end. Give another of 64512 to 65534.",
  ],
  [
    "networks that overlap",
    { ends: [aws, { ...gcp, cidrs: ["10.2.0.0/16", "10.1.128.0/17"] }] },
    "ends[1].cidrs[1]",
    "is 10.1.128.0/17, which overlaps 10.1.0.0/16 of ends[0]; addresses must mean one place. Give the networks ranges apart.",
  ],
  [
    "a link that Azure's gateway does not know",
    { number: 5, ends: [aws, azure] },
    "ends[1].links",
    "is [1,2], without 5; Azure's gateway must know the links that it carries. Add this one.",
  ],
  [
    "an opening in a cloud that is no end",
    { opens: { azure: [] } },
    "opens.azure",
    "names a cloud that the link does not reach; its ends are aws and gcp.",
  ],
  [
    "an opening in Azure",
    { number: 1, ends: [aws, azure], opens: { azure: [{ protocol: "tcp", port: 443 }] } },
    "opens.azure",
    "cannot be opened by the link, since Azure's security groups belong to their subnets; name the port where the network is made.",
  ],
  [
    "a port that is none",
    { opens: { gcp: [{ protocol: "tcp", port: 0 }] } },
    "opens.gcp[0].port",
    "is 0; allowed are 1 to 65535.",
  ],
  [
    "a port twice",
    {
      opens: {
        aws: [
          { protocol: "tcp", port: 443 },
          { protocol: "udp", port: 443 },
          { protocol: "tcp", port: 443 },
        ],
      },
    },
    "opens.aws[2]",
    "opens tcp 443 a second time; name it once.",
  ],
])("%s is refused", (_, changes, path, reason) => {
  expect(linkProblems({ ...link, ...changes })).toEqual([{ path, reason }]);
});
