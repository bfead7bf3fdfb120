import type { ColumnReport, ConceptReport, QualityReport } from "../reportSchema";

/** Kinds of drift: of the inputs, of their relation to the label, of the label itself, of the data's soundness. */
export type DriftType = "covariate" | "concept" | "label" | "quality" | "none";
export type Severity = "none" | "low" | "medium" | "high";

/** What a conclusion is drawn from. */
export interface Findings {
  /** Whether the features as a whole drifted, by the preset's rule. */
  readonly featuresDrifted: boolean;
  /** Share of the tested features that drifted. */
  readonly share: number;
  /** Drifted features, worst first. */
  readonly affected: readonly string[];
  readonly columns: ReadonlyMap<string, ColumnReport>;
  /** Whether the label column drifted; undefined when none is named. */
  readonly labelDrifted?: boolean | undefined;
  readonly concept?: ConceptReport | undefined;
  readonly quality?: QualityReport | undefined;
  /** Columns in which neighbouring rows of the window resemble each other. */
  readonly autocorrelated: readonly string[];
}

/** By the share of drifted columns: above 0.2 high, above 0.1 medium. */
export function severityOfShare(share: number): Severity {
  if (share > 0.2) return "high";
  if (share > 0.1) return "medium";
  return share > 0 ? "low" : "none";
}

/**
 * All kinds that apply, the one to act on first. Broken data explains drift better than a changed world does, so when
 * every drifted column has a quality failure that comes first. A changed error rate is called concept drift only while
 * the inputs stand still: when they moved, their move may be its cause.
 */
export function driftTypes({ featuresDrifted, labelDrifted, concept, quality, affected }: Findings): DriftType[] {
  const broken = new Set(quality?.problems.flatMap(({ level, column }) => (level === "failure" ? [column] : [])));
  const explained = affected.length > 0 && affected.every((name) => broken.has(name));
  const failed = quality?.passed === false;
  const types: DriftType[] = [];
  if (featuresDrifted && explained) types.push("quality");
  if (concept?.changed && !featuresDrifted) types.push("concept");
  if (featuresDrifted) types.push("covariate");
  if (labelDrifted) types.push("label");
  if (failed && !types.includes("quality")) types.push("quality");
  return types.length > 0 ? types : ["none"];
}

export type Action = "none" | "watch" | "fix_data" | "investigate" | "retrain";

/** What to do, and why, in words that name the columns and figures that speak for it. */
export function recommend(findings: Findings): { action: Action; reason: string } {
  const { affected, columns, share, concept, quality, featuresDrifted } = findings;
  const [type] = driftTypes(findings);
  const caution = cautionOf(findings);
  const worst = affected.slice(0, 3).map((name) => describe(name, columns.get(name)));
  const moved = `${affected.length} of ${countOf(share, affected.length)} tested columns drifted`;
  if (type === "quality") {
    const first = quality?.problems.find(({ level }) => level === "failure");
    return {
      action: "fix_data",
      reason: `Repair the data before judging the model: ${first?.message ?? ""}${caution}`,
    };
  }
  if (type === "concept" && concept) {
    return {
      action: "retrain",
      reason: `The inputs look as before, yet ${concept.message} Retrain on recent labels.${caution}`,
    };
  }
  if (featuresDrifted && share > 0.2) {
    const errors = concept?.changed ? ` Errors changed too: ${concept.message}` : "";
    return {
      action: "retrain",
      reason: `${moved}, worst ${worst.join(", ")}.${errors} Check how the model does on recent labels and retrain.${caution}`,
    };
  }
  if (featuresDrifted || type === "label") {
    const what = featuresDrifted
      ? `${moved}, worst ${worst.join(", ")}`
      : "The label's distribution changed while the inputs' did not";
    return { action: "investigate", reason: `${what}. Find out what changed upstream before retraining.${caution}` };
  }
  if (affected.length > 0) {
    return {
      action: "watch",
      reason: `${moved} (${worst.join(", ")}), too few to call the table drifted. Watch the next windows.${caution}`,
    };
  }
  return { action: "none", reason: `No tested column drifted.${caution}` };
}

function describe(name: string, report: ColumnReport | undefined): string {
  if (!report) return `"${name}"`;
  const value = report.p_value === undefined ? report.statistic : (report.p_value_corrected ?? report.p_value);
  const figure = report.p_value === undefined ? "" : "p ";
  return `"${name}" (${report.test} ${figure}${round(value)}, ${report.effect.size} effect)`;
}

function cautionOf({ autocorrelated }: Findings): string {
  if (autocorrelated.length === 0) return "";
  return ` Neighbouring rows resemble each other in ${autocorrelated.length} column(s), so p-values are too small: confirm on spaced rows.`;
}

function countOf(share: number, affected: number): number {
  return affected === 0 ? 0 : Math.round(affected / share);
}

function round(value: number): number {
  return Number(value.toPrecision(2));
}
