import { type ArgumentProblem, problemIf } from "../arguments";
import { overlaps } from "../subnetLayout";
import { CLOUD_NAMES } from "./gatewayProblems";
import type { LinkGateway, LinkOpening } from "./linkGateway";
import { type LinkCloud, MOST_LINKS } from "./tunnelPlan";

/** What planning knows of an end. */
type KnownEnd = Pick<LinkGateway, "cloud" | "asn" | "cidrs" | "links">;

/** What a link is checked by. */
export interface CheckedLink {
  readonly number: number;
  readonly ends: readonly [KnownEnd, KnownEnd];
  readonly opens?: Readonly<Partial<Record<LinkCloud, readonly LinkOpening[]>>>;
}

/** All that is wrong with a link, known while planning. */
export function linkProblems({ number, ends, opens = {} }: CheckedLink): readonly ArgumentProblem[] {
  const [one, other] = ends;
  const isNumbered = Number.isInteger(number) && number >= 0 && number < MOST_LINKS;
  return [
    ...problemIf(
      !isNumbered,
      "number",
      `is ${number}; give each link a number of its own from 0 to ${MOST_LINKS - 1}, and keep it.`,
    ),
    ...problemIf(
      one.cloud === other.cloud,
      "ends",
      `are both in ${CLOUD_NAMES[one.cloud]}; a link joins two clouds. Peer the two networks there instead.`,
    ),
    ...problemIf(
      one.asn === other.asn,
      "ends[1].asn",
      `is ${other.asn}, which ends[0].asn is too; BGP needs a number of its own at each end. Give another of 64512 to 65534.`,
    ),
    ...overlapProblems(one, other),
    ...ends.flatMap(({ cloud, links }, index) =>
      problemIf(
        isNumbered && links !== undefined && !links.includes(number),
        `ends[${index}].links`,
        `is ${JSON.stringify(links)}, without ${number}; ${CLOUD_NAMES[cloud]}'s gateway must know the links that it carries. Add this one.`,
      ),
    ),
    ...Object.entries(opens).flatMap(([cloud, ports]) => openingProblems(ends, cloud as LinkCloud, ports)),
  ];
}

function overlapProblems(one: KnownEnd, other: KnownEnd): readonly ArgumentProblem[] {
  return one.cidrs.flatMap((cidr) =>
    other.cidrs.flatMap((twin, index) =>
      problemIf(
        overlaps(cidr, twin),
        `ends[1].cidrs[${index}]`,
        `is ${twin}, which overlaps ${cidr} of ends[0]; addresses must mean one place. Give the networks ranges apart.`,
      ),
    ),
  );
}

function openingProblems(
  ends: CheckedLink["ends"],
  cloud: LinkCloud,
  openings: readonly LinkOpening[],
): readonly ArgumentProblem[] {
  const path = `opens.${cloud}`;
  if (!ends.some((end) => end.cloud === cloud)) {
    const clouds = ends.map((end) => end.cloud).join(" and ");
    return [{ path, reason: `names a cloud that the link does not reach; its ends are ${clouds}.` }];
  }
  if (cloud === "azure") {
    const reason =
      "cannot be opened by the link, since Azure's security groups belong to their subnets; name the port where the network is made.";
    return problemIf(openings.length > 0, path, reason);
  }
  return openings.flatMap(({ protocol, port }, index) => [
    ...problemIf(
      !Number.isInteger(port) || port < 1 || port > 65_535,
      `${path}[${index}].port`,
      `is ${port}; allowed are 1 to 65535.`,
    ),
    ...problemIf(
      openings.slice(0, index).some((earlier) => earlier.port === port && earlier.protocol === protocol),
      `${path}[${index}]`,
      `opens ${protocol} ${port} a second time; name it once.`,
    ),
  ]);
}
