import type { Rule } from "../frame/rule";
import { modelDriftWatched } from "./modelDriftWatched";
import { modelRollback } from "./modelRollback";
import { modelRolloutGradual } from "./modelRolloutGradual";
import { modelSource } from "./modelSource";
import { modelVersionPinned } from "./modelVersionPinned";

/** Rules of the subject ml. */
export const ML_RULES: readonly Rule[] = [
  modelDriftWatched,
  modelRollback,
  modelRolloutGradual,
  modelSource,
  modelVersionPinned,
];
