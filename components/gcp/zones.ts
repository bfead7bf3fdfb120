/** Zone letters of the regions that do not have zones a, b and c. Source: Compute Engine, "Regions and zones". */
const OTHER_LETTERS: Readonly<Record<string, readonly string[]>> = {
  "us-central1": ["a", "b", "c", "f"],
  "us-east1": ["b", "c", "d"],
  "europe-west1": ["b", "c", "d"],
};

const USUAL_LETTERS = ["a", "b", "c"];

/** Why the text is no region's name, or undefined; the cloud alone knows whether the region exists. */
export function regionProblem(region: string): string | undefined {
  if (/^[a-z]+-[a-z]+\d{1,2}$/.test(region)) return undefined;
  return `is "${region}", which is no region's name; give one such as europe-west4, without a zone's letter.`;
}

/**
 * The first zones of a region, in a fixed order, so that asking for one more never changes those before.
 * @param count at least 1 and at most what the region has, usually 3.
 * @throws {RangeError} when the region has fewer.
 */
export function zonesOf(region: string, count: number): readonly string[] {
  const letters = OTHER_LETTERS[region] ?? USUAL_LETTERS;
  if (!Number.isInteger(count) || count < 1 || count > letters.length) {
    throw new RangeError(`The region ${region} has ${letters.length} zones; ${count} were asked for.`);
  }
  return letters.slice(0, count).map((letter) => `${region}-${letter}`);
}
