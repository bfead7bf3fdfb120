import { estimate } from "../estimate/estimate";
import { PRICES_AS_OF } from "../estimate/prices";
import { list } from "../frame/read";
import { defineRule } from "../frame/rule";

/** A stack that comes near its budget says so, with what is not counted. */
export const monthlyBudget = defineRule({
  name: "monthly-budget",
  title: "A stack that comes near its monthly budget is told early.",
  why: "The month's end is late to learn of it.",
  fix: "Look at the largest pools, or raise the rule's budgetDollars.",
  severity: "low",
  purpose: "capacity",
  levels: { local: "disabled", dev: "advisory", staging: "advisory", prod: "advisory" },
  config: {
    budgetDollars: { type: "number", default: 20_000, description: "US dollars a month." },
    thresholds: {
      type: "array",
      items: { type: "number" },
      default: [80, 95],
      description: "Percent of the budget at which to tell.",
    },
  },
  types: ["pulumi:pulumi:Stack"],
  checkStack: (resources, settings) => {
    const { dollarsPerMonth, unpriced } = estimate(resources);
    const percent = (100 * dollarsPerMonth) / Number(settings.budgetDollars);
    const passed = list(settings, "thresholds")
      .map(Number)
      .filter((threshold) => percent >= threshold);
    if (passed.length === 0) return [];
    const text = `At list prices of ${PRICES_AS_OF} the stack costs at least ${Math.floor(percent)} % of $${settings.budgetDollars} a month, above ${Math.max(...passed)} %.`;
    const missing = unpriced.length > 0 ? ` Not counted: ${unpriced.map(({ what }) => what).join(", ")}.` : "";
    return [{ urn: resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn ?? "", text: text + missing }];
  },
});
