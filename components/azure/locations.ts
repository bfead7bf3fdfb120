/** Locations without availability zones. Source: Azure, "Regions that support availability zones". */
const WITHOUT_ZONES = [
  "australiacentral",
  "australiacentral2",
  "australiasoutheast",
  "brazilsoutheast",
  "canadaeast",
  "francesouth",
  "germanynorth",
  "northcentralus",
  "norwaywest",
  "southindia",
  "switzerlandwest",
  "uaecentral",
  "ukwest",
  "westcentralus",
  "westindia",
  "westus",
];

/** Each pair once, written both ways below. Source: Azure, "List of Azure regions", paired regions. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["australiaeast", "australiasoutheast"],
  ["canadacentral", "canadaeast"],
  ["centralindia", "southindia"],
  ["centralus", "eastus2"],
  ["eastasia", "southeastasia"],
  ["eastus", "westus"],
  ["francecentral", "francesouth"],
  ["germanywestcentral", "germanynorth"],
  ["japaneast", "japanwest"],
  ["koreacentral", "koreasouth"],
  ["northcentralus", "southcentralus"],
  ["northeurope", "westeurope"],
  ["norwayeast", "norwaywest"],
  ["swedencentral", "swedensouth"],
  ["switzerlandnorth", "switzerlandwest"],
  ["uaenorth", "uaecentral"],
  ["uksouth", "ukwest"],
  ["westcentralus", "westus2"],
  ["westus3", "eastus"],
];

/** Every zone of a location that has any. */
const ZONES = ["1", "2", "3"];

/** Why the text is no location's name, or undefined; the cloud alone knows whether the location exists. */
export function locationProblem(location: string): string | undefined {
  if (/^[a-z]+\d?$/.test(location)) return undefined;
  return `is "${location}", which is no location's name; give one such as westeurope, in lower case without spaces.`;
}

/** Whether the location has availability zones. */
export function hasZones(location: string): boolean {
  return !WITHOUT_ZONES.includes(location);
}

/**
 * The first zones of a location, so that asking for one more never changes those before; none in a location without.
 * @param count 1 to 3.
 */
export function zonesOf(location: string, count: number): readonly string[] {
  return hasZones(location) ? ZONES.slice(0, count) : [];
}

/** The location that Azure pairs with this one for geo-redundancy, or undefined where it has none that is known here. */
export function pairOf(location: string): string | undefined {
  const pair = PAIRS.find(([one, other]) => one === location || other === location);
  return pair && (pair[0] === location ? pair[1] : pair[0]);
}
