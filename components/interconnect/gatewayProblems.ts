import { type ArgumentProblem, problemIf } from "../arguments";
import { parseCidr } from "../subnetLayout";
import type { LinkCloud } from "./tunnelPlan";

/** Private numbers of RFC 6996, which all clouds take. */
const PRIVATE_ASNS = [
  [64_512, 65_534],
  [4_200_000_000, 4_294_967_294],
] as const;

/** Azure's own, which neither its gateway nor what connects to it may have. Source: Azure VPN Gateway FAQ. */
const AZURE_ASNS = [65_515, 65_517, 65_518, 65_519, 65_520];

/** What is wrong with a gateway's number and ranges. */
export function gatewayProblems(asn: number, cidrs: readonly string[]): readonly ArgumentProblem[] {
  const isPrivate = Number.isInteger(asn) && PRIVATE_ASNS.some(([least, most]) => asn >= least && asn <= most);
  return [
    ...problemIf(
      !isPrivate,
      "asn",
      `is ${asn}, which is no private number; give one of 64512 to 65534, a different one for each cloud.`,
    ),
    ...problemIf(
      AZURE_ASNS.includes(asn),
      "asn",
      `is ${asn}, which Azure keeps for itself (${AZURE_ASNS.join(", ")}); give another of 64512 to 65534.`,
    ),
    ...problemIf(cidrs.length === 0, "cidrs", "is empty, so nothing would be announced; give the network's range."),
    ...cidrs.flatMap((cidr, index) =>
      problemIf(
        parseCidr(cidr) === undefined,
        `cidrs[${index}]`,
        `is "${cidr}", which is not an IPv4 network in CIDR notation without host bits; give one such as 10.1.0.0/16.`,
      ),
    ),
  ];
}

/** Names as people write them, for errors. */
export const CLOUD_NAMES: Readonly<Record<LinkCloud, string>> = { aws: "AWS", gcp: "Google Cloud", azure: "Azure" };
