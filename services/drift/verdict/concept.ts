import { ServiceError } from "../../runtime/errors";
import type { DataSummary } from "../dataSummary";
import type { ConceptReport } from "../reportSchema";
import { proportionsZTest } from "../statistics/proportionsZTest";
import type { SampledColumn, TableProfile } from "../tableProfile";

const LEVEL = 0.01;

/** What columns mean, where they are no features. */
export interface ColumnRoles {
  /** The truth that the model predicts. */
  readonly label?: string | undefined;
  /** What the model predicted, in the values of the label. */
  readonly prediction?: string | undefined;
}

/**
 * Whether the share of wrong predictions changed between both row samples (z-test of proportions, p < 0.01); undefined
 * unless both label and prediction are named and known for rows of both sides.
 */
export function conceptDrift(
  reference: DataSummary,
  current: DataSummary,
  { label, prediction }: ColumnRoles,
): ConceptReport | undefined {
  if (label === undefined || prediction === undefined) return undefined;
  const before = errorsIn(reference.profile, label, prediction);
  const now = errorsIn(current.profile, label, prediction);
  if (!before || !now || before.rows === 0 || now.rows === 0) return undefined;
  const { pValue } = proportionsZTest(before.wrong, before.rows, now.wrong, now.rows);
  const [from, to] = [before.wrong / before.rows, now.wrong / now.rows];
  const changed = pValue < LEVEL;
  const verb = changed ? "went" : "stayed within chance:";
  return {
    changed,
    reference_error: from,
    current_error: to,
    p_value: pValue,
    reference_rows: before.rows,
    current_rows: now.rows,
    message: `wrong predictions ${verb} from ${percent(from)} (${before.rows} rows) to ${percent(to)} (${now.rows} rows), p ${pValue.toPrecision(2)}.`,
  };
}

/** @throws {ServiceError} 400 `unknown_column` when a role names a column that the reference lacks. */
export function checkRoles(roles: ColumnRoles, columns: ReadonlyMap<string, unknown>): void {
  for (const [role, name] of Object.entries(roles)) {
    if (name === undefined || columns.has(name)) continue;
    throw new ServiceError(
      400,
      "unknown_column",
      `roles.${role} names the column ${JSON.stringify(name.slice(0, 256))}, which the reference lacks.`,
      { column: name.slice(0, 256) },
    );
  }
}

function errorsIn(profile: TableProfile | undefined, label: string, prediction: string) {
  const truth = profile?.sample.get(label);
  const guess = profile?.sample.get(prediction);
  if (!profile || !truth || !guess) return undefined;
  let rows = 0;
  let wrong = 0;
  for (let row = 0; row < profile.sampledRows; row++) {
    const [is, said] = [cell(truth, row), cell(guess, row)];
    if (is === undefined || said === undefined) continue;
    rows++;
    if (is !== said) wrong++;
  }
  return { rows, wrong };
}

function cell(column: SampledColumn, row: number): string | undefined {
  const value = column.values[row];
  if (value === null || value === undefined || Number.isNaN(value)) return undefined;
  return String(value);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
