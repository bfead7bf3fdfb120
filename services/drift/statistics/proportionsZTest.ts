import { normalSurvival } from "./distributions";
import { StatisticsError } from "./statisticsError";

/** A two-sided test of two proportions. */
export interface ProportionsZTestResult {
  /** Difference of the proportions, reference less current, in its standard errors. */
  readonly statistic: number;
  readonly pValue: number;
}

/**
 * Z-test that two samples have one share of successes, by the pooled variance. When every value of both is a success,
 * or none is, nothing differs: statistic 0, p-value 1. (Fleiss, Levin and Paik, "Statistical methods for rates and
 * proportions", 2003, section 3.2, without continuity correction, as Evidently has it.)
 */
export function proportionsZTest(
  referenceSuccesses: number,
  referenceTotal: number,
  currentSuccesses: number,
  currentTotal: number,
): ProportionsZTestResult {
  requireProportion(referenceSuccesses, referenceTotal, "the reference");
  requireProportion(currentSuccesses, currentTotal, "the current sample");
  const pooled = (referenceSuccesses + currentSuccesses) / (referenceTotal + currentTotal);
  if (pooled === 0 || pooled === 1) return { statistic: 0, pValue: 1 };
  const variance = pooled * (1 - pooled) * (1 / referenceTotal + 1 / currentTotal);
  const statistic = (referenceSuccesses / referenceTotal - currentSuccesses / currentTotal) / Math.sqrt(variance);
  return { statistic, pValue: 2 * normalSurvival(Math.abs(statistic)) };
}

function requireProportion(successes: number, total: number, label: string): void {
  if (!(total > 0 && successes >= 0 && successes <= total)) {
    throw new StatisticsError(`${label} has ${successes} successes of ${total}: 0 to all of at least 1 are possible`);
  }
}
