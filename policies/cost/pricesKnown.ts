import { estimate } from "../estimate/estimate";
import { defineRule } from "../frame/rule";

/** What the estimate cannot count is named. */
export const pricesKnown = defineRule({
  name: "prices-known",
  title: "Everything that runs by the hour has a price in the estimate's table.",
  why: "An estimate that counts the unknown as nothing says that a stack is cheap when it is not known to be.",
  fix: "Add the machine's list price to policies/estimate/prices.ts.",
  severity: "low",
  purpose: "capacity",
  levels: { local: "disabled", dev: "advisory", staging: "advisory", prod: "advisory" },
  types: ["pulumi:pulumi:Stack"],
  checkStack: (resources) =>
    estimate(resources).unpriced.map(({ urn, what }) => ({ urn, text: `${what} has no price and is not counted.` })),
});
