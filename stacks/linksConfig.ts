import { z } from "zod";

const opening = z.strictObject({
  protocol: z.enum(["tcp", "udp"]).default("tcp").describe("Transport"),
  port: z.int().min(1).max(65_535).describe("Port"),
});

const openings = z.array(opening).optional().describe("Ports of nodes that the other end's network reaches");

const link = z
  .strictObject({
    opens: z
      .strictObject({ aws: openings, gcp: openings, azure: openings })
      .prefault({})
      .describe("What each end lets the other in to; unset means nothing"),
    proposal: z.enum(["cnsa", "ecp256"]).default("cnsa").describe("Algorithms of the tunnels"),
  })
  .optional();

/** Clouds' networks that are joined by tunnels: naming a pair switches its link on. */
export const linksConfig = z
  .strictObject({
    "aws-gcp": link.describe("AWS and Google Cloud"),
    "aws-azure": link.describe("AWS and Azure"),
    "gcp-azure": link.describe("Google Cloud and Azure"),
  })
  .prefault({});

/** The links of a stack, by pair. */
export type LinksConfig = Readonly<z.output<typeof linksConfig>>;

/** Two clouds that can be linked. */
export type LinkPair = keyof LinksConfig;

/** Each pair's number and ends. Numbers decide the addresses inside tunnels, so they never change. */
export const LINK_PAIRS = {
  "aws-gcp": { number: 0, ends: ["aws", "gcp"] },
  "aws-azure": { number: 1, ends: ["aws", "azure"] },
  "gcp-azure": { number: 2, ends: ["gcp", "azure"] },
} as const satisfies Readonly<Record<LinkPair, object>>;

/** The pairs that a stack links, in the order of their numbers. */
export function linkedPairs(links: LinksConfig): readonly LinkPair[] {
  return (Object.keys(LINK_PAIRS) as LinkPair[]).filter((pair) => links[pair] !== undefined);
}

/** What is wrong with links beside the clouds that the stack has. */
export function linksProblems(links: LinksConfig, clouds: readonly string[]): readonly string[] {
  return linkedPairs(links).flatMap((pair) => {
    const ends: readonly string[] = LINK_PAIRS[pair].ends;
    const absent = ends.filter((cloud) => !clouds.includes(cloud));
    const opened = Object.entries(links[pair]?.opens ?? {}).filter(([, ports]) => ports !== undefined);
    const beyond = opened.map(([cloud]) => cloud).filter((cloud) => !ends.includes(cloud));
    const there = clouds.map((cloud) => `tideline:${cloud}`).join(", ") || "none";
    return [
      ...absent.map(
        (cloud) =>
          `tideline:links.${pair}: found a link to ${cloud}, which the stack does not have; allowed: links between ${there}. Remove it, or configure tideline:${cloud}.`,
      ),
      ...beyond.map(
        (cloud) =>
          `tideline:links.${pair}.opens.${cloud}: found a cloud that the link does not reach; allowed: ${ends.join(", ")}.`,
      ),
    ];
  });
}
