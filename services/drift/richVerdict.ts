import { ServiceError } from "../runtime/errors";
import { COLUMN_TESTS } from "./columnTests";
import { judge, type TestChoice } from "./columnVerdict";
import { labelOf } from "./effectSize";
import type { ColumnReport, Explanation } from "./reportSchema";
import type { RichSample } from "./richColumns";
import { domainClassifier, wordsOf } from "./statistics/domainClassifier";
import { mmdPermutationTest } from "./statistics/maximumMeanDiscrepancy";
import { PSI_SHARE_FLOOR } from "./statistics/populationStabilityIndex";
import { tableOf } from "./statistics/table";

const PERMUTATIONS = 199;
const NAMED_WORDS = 5;

/** The verdict on a column of texts, by a classifier of words, or of embeddings, by MMD; both of one kind. */
export function testRichColumn(
  name: string,
  reference: RichSample,
  current: RichSample,
  choice: TestChoice,
): ColumnReport {
  const test = reference.kind === "text" ? "domain_classifier" : "mmd";
  if (choice.test !== undefined && choice.test !== "all" && choice.test !== test) {
    const message = `Column "${name}" is ${reference.kind} and does not suit ${choice.test}, which is for ${COLUMN_TESTS[choice.test].suits}.`;
    throw new ServiceError(400, "test_does_not_fit", message, { column: name });
  }
  const outcome = outcomeOf(name, reference, current);
  return {
    kind: reference.kind,
    test,
    ...judge(test, outcome, choice.threshold ?? COLUMN_TESTS[test].defaultThreshold),
    effect: outcome.effect,
    reference_rows: reference.rows - reference.missing,
    current_rows: current.rows - current.missing,
    reference_missing: reference.missing,
    current_missing: current.missing,
    note: `Judged on ${reference.values.length} sampled values of the reference and ${current.values.length} of the window.`,
  };
}

function outcomeOf(name: string, reference: RichSample, current: RichSample) {
  if (reference.kind === "text" && current.kind === "text") {
    const { area, pValue } = domainClassifier(reference.values, current.values);
    const value = Math.max(0, 2 * area - 1);
    return { statistic: area, pValue, effect: { measure: "classifier_auc" as const, value, size: labelOf(value) } };
  }
  if (reference.kind !== "embedding" || current.kind !== "embedding") throw new Error(`kinds of ${name} differ`);
  const [before, now] = [reference.values[0]?.length, current.values[0]?.length];
  if (before !== now) {
    throw new ServiceError(
      400,
      "ragged_rows",
      `Column "${name}" has ${now} numbers a row and the reference has ${before}; as many are needed.`,
      { column: name },
    );
  }
  const { unbiased, biased, pValue } = mmdPermutationTest(tableOf(reference.values), tableOf(current.values), {
    permutations: PERMUTATIONS,
  });
  // A kernel lies between 0 and 1, so the squared discrepancy lies between 0 and 2.
  const value = Math.min(1, Math.sqrt(Math.max(0, biased) / 2));
  return { statistic: unbiased, pValue, effect: { measure: "mmd" as const, value, size: labelOf(value) } };
}

/** The words whose share of texts moved most; nothing of embeddings, whose numbers say nothing to people. */
export function movedWords(reference: RichSample, current: RichSample): Explanation["values"] {
  if (reference.kind !== "text" || current.kind !== "text") return [];
  const [before, now] = [shareOfTexts(reference.values), shareOfTexts(current.values)];
  const moved = [...new Set([...before.keys(), ...now.keys()])].map((value) => {
    const [p, q] = [before.get(value) ?? 0, now.get(value) ?? 0];
    const [floorP, floorQ] = [Math.max(p, PSI_SHARE_FLOOR), Math.max(q, PSI_SHARE_FLOOR)];
    return { value, reference_share: p, current_share: q, contribution: (floorP - floorQ) * Math.log(floorP / floorQ) };
  });
  return moved.sort((a, b) => b.contribution - a.contribution).slice(0, NAMED_WORDS);
}

function shareOfTexts(texts: readonly string[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const text of texts) {
    for (const word of new Set(wordsOf(text))) shares.set(word, (shares.get(word) ?? 0) + 1 / texts.length);
  }
  return shares;
}
