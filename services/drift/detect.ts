import { setImmediate as nextTurn } from "node:timers/promises";
import { ServiceError } from "../runtime/errors";
import { type TestChoice, testColumn } from "./columnVerdict";
import type { DataSummary } from "./dataSummary";
import { type Correction, PRESETS, type Preset, type PresetName } from "./presets";
import { tableQuality } from "./quality/tableQuality";
import type { ColumnReport, DriftReport, EventTimesReport, QualityProblem, UntestedColumn } from "./reportSchema";
import { testRichColumn } from "./richVerdict";
import type { ColumnSummary } from "./summary";
import { autocorrelatedColumns } from "./verdict/autocorrelated";
import { type ColumnRoles, conceptDrift } from "./verdict/concept";
import { driftTypes, type Findings, recommend, severityOfShare } from "./verdict/conclusion";
import { correctColumns } from "./verdict/correction";
import { ENSEMBLE_THRESHOLD, voteOfEnsemble } from "./verdict/ensemble";
import { explain } from "./verdict/explanation";

export interface DetectOptions {
  /** Null for a reference that came with the request. */
  readonly referenceId: string | null;
  /** @default "evidently" */
  readonly preset?: PresetName | undefined;
  /** Share of the tested features from which the whole is said to have drifted, in (0, 1]. @default the preset's */
  readonly driftShare?: number | undefined;
  /** Fewer values present than this, in either sample, and a column is not tested. */
  readonly minimumRows: number;
  /** By column, or "all" for every test on every column. */
  readonly tests: "all" | Readonly<Record<string, TestChoice>>;
  /** @default the preset's */
  readonly correction?: Correction | undefined;
  /** Effects below this are no drift, however sure; 0 to 1. @default 0 */
  readonly minimumEffect?: number | undefined;
  readonly roles?: ColumnRoles | undefined;
  /** What was found wrong with the window's columns before they could be compared. */
  readonly schemaProblems?: readonly QualityProblem[] | undefined;
  readonly eventTimes?: EventTimesReport | undefined;
}

/**
 * Compares a window with a reference: column by column, then as a whole by the preset's rule. Columns of the reference
 * that the window lacks are left out; those of both must be of one kind.
 * @throws {ServiceError} 422 `not_enough_data` when not one feature has enough values in both: that is no verdict.
 */
export async function detectDrift(
  reference: DataSummary,
  current: DataSummary,
  options: DetectOptions,
): Promise<DriftReport> {
  const presetName = options.preset ?? "evidently";
  const preset: Preset = PRESETS[presetName];
  const { raw, untested, rows } = await testColumns(reference, current, options, preset);
  const { columns, correction } = correctColumns(raw, options.correction ?? preset.correction);
  requireEffects(columns, options.minimumEffect ?? 0);
  const noisy = autocorrelatedColumns(current, columns);
  for (const [name, { lag1, pValue, effectiveSize }] of noisy) {
    const autocorrelation = { lag1, p_value: pValue, effective_rows: effectiveSize };
    columns.set(name, { ...(columns.get(name) as ColumnReport), autocorrelation });
  }
  const { label, prediction } = options.roles ?? {};
  const features = new Map([...columns].filter(([name]) => name !== label && name !== prediction));
  if (features.size === 0) throw nothingTested(options, rows, untested);
  const affected = [...features].filter(([, { drifted }]) => drifted).sort(([, a], [, b]) => bySeverity(a, b));
  const names = affected.map(([name]) => name);
  const share = affected.length / features.size;
  const ensemble =
    preset.driftShare === "vote" ? await voteOfEnsemble(reference, current, new Map(features)) : undefined;
  const limit = limitOf(preset, options, features.size);
  const score = ensemble ? ensemble.vote : share;
  const quality = tableQuality(reference, current, options.schemaProblems ?? [], options.eventTimes);
  const concept = conceptDrift(reference, current, options.roles ?? {});
  const findings: Findings = {
    featuresDrifted: ensemble ? score > limit : score >= limit,
    share,
    affected: names,
    columns,
    labelDrifted: label === undefined ? undefined : columns.get(label)?.drifted,
    concept,
    quality,
    autocorrelated: [...noisy.keys()],
  };
  const types = driftTypes(findings);
  return {
    reference_id: options.referenceId,
    preset: presetName,
    drift_detected: findings.featuresDrifted || types.includes("label") || types.includes("concept"),
    drift_score: score,
    drift_share: share,
    drift_share_threshold: limit,
    drift_type: types[0] ?? "none",
    drift_types: types,
    severity: severityOfShare(share),
    features_affected: names,
    recommendation: recommend(findings),
    correction,
    columns: Object.fromEntries(columns),
    not_tested: Object.fromEntries(untested),
    explanations: explain(reference, current, names, columns),
    quality,
    ...(concept ? { concept } : {}),
    ...(ensemble ? { ensemble } : {}),
    notes: notesOf(reference, current, findings, preset),
    reference_rows: rows.reference,
    current_rows: rows.current,
  };
}

async function testColumns(reference: DataSummary, current: DataSummary, options: DetectOptions, preset: Preset) {
  const raw = new Map<string, ColumnReport>();
  const untested = new Map<string, UntestedColumn>();
  let rows = { reference: 0, current: 0 };
  for (const [name, before] of reference.columns) {
    const now = current.columns.get(name);
    if (!now) continue;
    rows = { reference: before.rows, current: now.rows };
    const choice: TestChoice = options.tests === "all" ? { test: "all" } : (options.tests[name] ?? {});
    if (Math.min(before.count, now.count) < options.minimumRows)
      untested.set(name, notEnough(before, now, options.minimumRows));
    else raw.set(name, testColumn(before, now, choice, preset));
    // Other requests, and the probes, are answered in between.
    await nextTurn();
  }
  for (const [name, before] of reference.rich ?? []) {
    const now = current.rich?.get(name);
    if (!now || before.kind !== now.kind) continue;
    rows = { reference: before.rows, current: now.rows };
    const choice: TestChoice = options.tests === "all" ? {} : (options.tests[name] ?? {});
    const least = Math.max(options.minimumRows, LEAST_RICH_ROWS);
    const [was, is] = [sized(before), sized(now)];
    if (Math.min(was.count, is.count) < least) untested.set(name, notEnough(was, is, least));
    else raw.set(name, testRichColumn(name, before, now, choice));
    await nextTurn();
  }
  return { raw, untested, rows };
}

function requireEffects(columns: Map<string, ColumnReport>, least: number): void {
  for (const [name, report] of columns) {
    if (!report.drifted || report.effect.value >= least) continue;
    const effect = Number(report.effect.value.toPrecision(3));
    const note = `Not counted as drift: the effect of ${effect} is below the asked ${least}.`;
    columns.set(name, { ...report, drifted: false, note: report.note ? `${report.note} ${note}` : note });
  }
}

function limitOf(preset: Preset, { driftShare }: DetectOptions, features: number): number {
  if (preset.driftShare === "vote") return ENSEMBLE_THRESHOLD;
  if (driftShare !== undefined) return driftShare;
  return preset.driftShare === "any" ? 1 / features : preset.driftShare;
}

/** Evidently's distances for large references, and windows from which on chance alone hardly reaches their threshold. */
const SIZE_BLIND: readonly string[] = ["wasserstein_normed", "jensen_shannon_nats"];
const SMALL_WINDOW = 500;

function notesOf(reference: DataSummary, current: DataSummary, findings: Findings, preset: Preset): string[] {
  const notes = [preset.summary];
  const distances = [...findings.columns.values()].filter(({ test }) => SIZE_BLIND.includes(test));
  const small = distances.find(({ reference_rows: n, current_rows: m }) => n > 1_000 && m < SMALL_WINDOW);
  if (preset === PRESETS.evidently && small) {
    notes.push(
      `${distances.length} column(s) were judged by distances, which pass 0.1 by chance alone in a window of ${small.current_rows} values: preset size_aware accounts for the sizes.`,
    );
  }
  if (findings.autocorrelated.length > 0) {
    const names = findings.autocorrelated.slice(0, 5).map((name) => JSON.stringify(name));
    notes.push(
      `Neighbouring rows of the window resemble each other in ${findings.autocorrelated.length} column(s) (${names.join(", ")}${findings.autocorrelated.length > 5 ? ", ..." : ""}): the tests take rows as independent, so their p-values are too small.`,
    );
  }
  for (const [side, { profile }] of [
    ["reference", reference],
    ["window", current],
  ] as const) {
    if (!profile)
      notes.push(
        `The ${side} has no row sample: duplicates, correlations, segments and votes that need rows are left out.`,
      );
    else if (profile.sampledRows < profile.rows) {
      notes.push(`What needs whole rows looked at ${profile.sampledRows} of the ${side}'s ${profile.rows}.`);
    }
  }
  return notes;
}

/** Most severe first; equally severe ones by how far the distribution moved. */
function bySeverity(a: ColumnReport, b: ColumnReport): number {
  return b.severity - a.severity || (b.psi ?? 0) - (a.psi ?? 0);
}

/** Texts and embeddings are judged by what is learnt from half of them. */
const LEAST_RICH_ROWS = 20;

type Sized = Pick<ColumnSummary, "count" | "missing">;

function sized({ rows, missing }: { readonly rows: number; readonly missing: number }): Sized {
  return { count: rows - missing, missing };
}

function notEnough(reference: Sized, current: Sized, minimumRows: number): UntestedColumn {
  return {
    reason: "not_enough_data",
    message: `${reference.count} values present in the reference and ${current.count} in the window; at least ${minimumRows} are needed in both.`,
    reference_rows: reference.count,
    current_rows: current.count,
    reference_missing: reference.missing,
    current_missing: current.missing,
  };
}

function nothingTested(
  { minimumRows }: DetectOptions,
  rows: { reference: number; current: number },
  untested: ReadonlyMap<string, UntestedColumn>,
): ServiceError {
  return new ServiceError(
    422,
    "not_enough_data",
    `No column has at least ${minimumRows} values present in both the reference (${rows.reference} rows) and the window (${rows.current} rows), so nothing can be said about drift. Send a larger window.`,
    { minimum_rows: minimumRows, not_tested: Object.fromEntries(untested) },
  );
}
