import type { Rule } from "../frame/rule";
import { aksPoolMaximum } from "./aksPoolMaximum";
import { awsInstanceFamilies } from "./awsInstanceFamilies";
import { azureMachineFamilies } from "./azureMachineFamilies";
import { eksNodeGroupMaximum } from "./eksNodeGroupMaximum";
import { eksStandardSupport } from "./eksStandardSupport";
import { gcpMachineFamilies } from "./gcpMachineFamilies";
import { gkeNodePoolMaximum } from "./gkeNodePoolMaximum";
import { monthlyBudget } from "./monthlyBudget";
import { monthlyCeiling } from "./monthlyCeiling";
import { pricesKnown } from "./pricesKnown";

/** Rules of the subject cost. */
export const COST_RULES: readonly Rule[] = [
  aksPoolMaximum,
  awsInstanceFamilies,
  azureMachineFamilies,
  eksNodeGroupMaximum,
  eksStandardSupport,
  gcpMachineFamilies,
  gkeNodePoolMaximum,
  monthlyBudget,
  monthlyCeiling,
  pricesKnown,
];
