import { estimate } from "../estimate/estimate";
import { PRICES_AS_OF } from "../estimate/prices";
import { defineRule } from "../frame/rule";

/** A stack costs at least less than its ceiling. */
export const monthlyCeiling = defineRule({
  name: "monthly-ceiling",
  title: "What a stack costs at its smallest stays below a ceiling.",
  why: "A wrong machine type is otherwise noticed on the bill.",
  fix: "Take smaller machines or pools, or raise the rule's maxDollars.",
  severity: "medium",
  purpose: "capacity",
  config: { maxDollars: { type: "number", default: 20_000, description: "US dollars a month." } },
  types: ["pulumi:pulumi:Stack"],
  checkStack: (resources, { maxDollars }) => {
    const { dollarsPerMonth } = estimate(resources);
    const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
    if (dollarsPerMonth <= Number(maxDollars)) return [];
    const text = `At list prices of ${PRICES_AS_OF} the stack costs at least $${Math.round(dollarsPerMonth)} a month; at most $${maxDollars}.`;
    return [{ urn: stack?.urn ?? "", text }];
  },
});
