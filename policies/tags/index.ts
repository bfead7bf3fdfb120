import type { Rule } from "../frame/rule";
import { awsTags } from "./awsTags";
import { azureTags } from "./azureTags";
import { gcpLabels } from "./gcpLabels";

/** Rules of the subject tags. */
export const TAGS_RULES: readonly Rule[] = [awsTags, azureTags, gcpLabels];
