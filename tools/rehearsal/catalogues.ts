import type { Catalogue } from "./catalogue";

/** Opens one catalogue without loading the others: a plugin needs only its own, and must start fast. */
const OPENERS: Readonly<Record<string, () => Catalogue>> = {
  aws: () => (require("./aws/catalogue") as typeof import("./aws/catalogue")).awsCatalogue,
  "azure-native": () => (require("./azure/catalogue") as typeof import("./azure/catalogue")).azureCatalogue,
  gcp: () => (require("./gcp/catalogue") as typeof import("./gcp/catalogue")).gcpCatalogue,
  kubernetes: () => (require("./kubernetes/catalogue") as typeof import("./kubernetes/catalogue")).kubernetesCatalogue,
  random: () => (require("./random/catalogue") as typeof import("./random/catalogue")).randomCatalogue,
  tls: () => (require("./tls/catalogue") as typeof import("./tls/catalogue")).tlsCatalogue,
};

/** Provider packages that can be simulated. */
export const SIMULATED_PACKAGES: readonly string[] = Object.keys(OPENERS);

/** @throws {Error} for a package that is not simulated */
export function openCatalogue(name: string): Catalogue {
  const open = OPENERS[name];
  if (!open) throw new Error(`There is no simulated ${name}; there are ${SIMULATED_PACKAGES.join(", ")}.`);
  return open();
}
