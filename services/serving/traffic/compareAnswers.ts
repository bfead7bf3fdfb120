import type { ModelCard } from "../../runtime/modelPackage";
import { rowLength, type Tensor } from "../tensor";
import { fromHalf } from "../tensors/half";

type Answers = readonly Tensor[];

/** Whether two models' answers to one row agree; the rows are those of the answers that the request's row has. */
export type Agreement = (first: Answers, firstRow: number, second: Answers, secondRow: number) => boolean;

/**
 * What agreeing means for two versions of a model: for classifiers the same class; else all outputs of the first, by
 * name, with numbers of floating point within `tolerance` of each other, relative to their size from 1 on, and
 * everything else equal.
 */
export function agreementOf(first: ModelCard, second: ModelCard, tolerance: number): Agreement {
  const [a, b] = [classReader(first), classReader(second)];
  if (a !== undefined && b !== undefined) return (one, row, other, otherRow) => a(one, row) === b(other, otherRow);
  return (one, row, other, otherRow) =>
    one.every((tensor) => {
      const twin = other.find(({ name }) => name === tensor.name);
      return twin !== undefined && rowsAgree(tensor, row, twin, otherRow, tolerance);
    });
}

/** Reads the class of a row: the label where there is one, else the most probable class. */
function classReader({ task, classes, outputs }: ModelCard): ((answers: Answers, row: number) => number) | undefined {
  if (task !== "classification") return undefined;
  const width = (shape: readonly number[]) => (shape[0] === -1 ? rowLength({ shape }) : 0);
  const label = outputs.findIndex(({ datatype, shape }) => datatype === "INT64" && width(shape) === 1);
  if (label !== -1) return (answers, row) => Number(answers[label]?.data[row]);
  const scores = outputs.findIndex(
    ({ datatype, shape }) => /^FP(32|64)$/.test(datatype) && width(shape) === classes.length,
  );
  if (scores === -1) return undefined;
  return (answers, row) => {
    const data = answers[scores]?.data ?? [];
    const values = classes.map((_, index) => Number(data[row * classes.length + index]));
    return values.indexOf(Math.max(...values));
  };
}

function rowsAgree(a: Tensor, rowOfA: number, b: Tensor, rowOfB: number, tolerance: number): boolean {
  const width = rowLength(a);
  if (a.datatype !== b.datatype || rowLength(b) !== width) return false;
  for (let index = 0; index < width; index++) {
    const [x, y] = [a.data[rowOfA * width + index], b.data[rowOfB * width + index]];
    if (!alike(a.datatype, x, y, tolerance)) return false;
  }
  return true;
}

function alike(datatype: Tensor["datatype"], x: unknown, y: unknown, tolerance: number): boolean {
  if (Object.is(x, y) || !datatype.startsWith("FP")) return x === y || Object.is(x, y);
  const [a, b] = datatype === "FP16" ? [fromHalf(Number(x)), fromHalf(Number(y))] : [Number(x), Number(y)];
  return a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}
