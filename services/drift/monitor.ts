import type { z } from "zod";
import { ServiceError } from "../runtime/errors";
import { type ColumnKind, plainValues, type RawColumns } from "./columns";
import { type DataSummary, summariseColumns } from "./dataSummary";
import { detectDrift } from "./detect";
import type { DriftMetrics } from "./driftMetrics";
import type { ReferenceFiles } from "./files/referenceFromFiles";
import { eventTimes } from "./quality/eventTimes";
import type { ReferenceCache } from "./referenceCache";
import type { PutOutcome, ReferenceInfo, ReferenceStore } from "./referenceStore";
import type { DriftReport } from "./reportSchema";
import type { DetectBody, putReferenceBody } from "./requests";
import { checkRoles } from "./verdict/concept";
import { kindsIn, rawColumns, requireKnown, summariseWindow, type WindowRules } from "./window";

/** A report with both sides that it is of. */
export interface Comparison {
  readonly report: DriftReport;
  readonly reference: DataSummary;
  readonly current: DataSummary;
}

type ReferenceContent = z.output<typeof putReferenceBody>;

/** What the service does, apart from HTTP. */
export class DriftMonitor {
  constructor(
    private readonly store: ReferenceStore,
    private readonly cache: ReferenceCache,
    private readonly metrics: DriftMetrics,
    private readonly files: ReferenceFiles,
  ) {}

  /** Summarises columns, or the files below a prefix, and stores them under an id. */
  async putReference(
    id: string,
    { columns, files, kinds }: ReferenceContent,
    replace: boolean,
  ): Promise<{ outcome: Exclude<PutOutcome, "exists">; info: ReferenceInfo }> {
    if ((columns === undefined) === (files === undefined)) {
      throw new ServiceError(400, "invalid_request", "Send either columns or files, and not both.");
    }
    const data: DataSummary = files
      ? await this.fromFiles(files.prefix, kinds)
      : await summariseColumns(columns, kinds, "reference");
    const outcome = await this.store.put(id, [...data.columns.values()], replace, data);
    if (outcome === "exists") {
      throw new ServiceError(
        409,
        "reference_exists",
        `The reference "${id}" exists with other content. Use another id, or ?replace=true to overwrite it.`,
      );
    }
    if (outcome === "replaced") this.forget(id);
    return { outcome, info: await this.getReference(id) };
  }

  private async fromFiles(prefix: string, kinds: ReferenceContent["kinds"]): Promise<DataSummary> {
    const rich = Object.entries(kinds).find(([, kind]) => kind === "text" || kind === "embedding");
    if (rich) {
      const message = `Column "${rich[0]}" is ${rich[1]}, which is not read from files; send it in columns.`;
      throw new ServiceError(400, "invalid_files", message, { column: rich[0] });
    }
    const summaries = await this.files.summarise(prefix, kinds as Record<string, ColumnKind>);
    return { columns: new Map(summaries.map((summary) => [summary.name, summary])) };
  }

  async getReference(id: string): Promise<ReferenceInfo> {
    const info = await this.store.info(id);
    if (!info) throw notFound(id);
    return info;
  }

  listReferences(limit: number, after: string): Promise<ReferenceInfo[]> {
    return this.store.list(limit, after);
  }

  async deleteReference(id: string): Promise<void> {
    this.forget(id);
    if (!(await this.store.delete(id))) throw notFound(id);
  }

  /** Compares a window with a stored reference, or with one that came with it, and tells the metrics. */
  async compare(request: DetectBody): Promise<Comparison> {
    const started = performance.now();
    try {
      const comparison = await this.comparison(request);
      this.metrics.compared(comparison.report, (performance.now() - started) / 1000);
      return comparison;
    } catch (error) {
      this.metrics.failed();
      throw error;
    }
  }

  /**
   * Checks that a window fits a stored reference, without comparing, and gives its columns.
   * @throws {ServiceError} 400 naming what does not fit, 404 when there is no such reference.
   */
  async checkWindow(
    referenceId: string,
    data: { columns?: unknown; rows?: unknown },
    schema: "strict" | "report",
  ): Promise<{ columns: RawColumns; rows: number }> {
    const raw = rawColumns(data);
    const reference = await this.referenceOf({ reference_id: referenceId });
    const rules = { reference: `"${referenceId}"`, columns: kindsIn(reference.data), ignored: [], schema };
    const window = await summariseWindow(raw, rules);
    const names = [...kindsIn(window.data).keys()];
    const columns = Object.fromEntries(names.map((name) => [name, (raw as RawColumns)[name]]));
    return { columns, rows: (columns[names[0] ?? ""] as unknown[]).length };
  }

  /** @throws {ServiceError} 400 when rules name columns that a stored reference lacks, 404 when there is none. */
  async checkRules(referenceId: string, { tests, roles }: Pick<DetectBody, "tests" | "roles">): Promise<void> {
    const { data } = await this.referenceOf({ reference_id: referenceId });
    const rules: WindowRules = { reference: `"${referenceId}"`, columns: kindsIn(data), ignored: [], schema: "strict" };
    if (tests !== "all") requireKnown(Object.keys(tests), "tests", rules);
    checkRoles(roles, rules.columns);
  }

  private async comparison(request: DetectBody): Promise<Comparison> {
    const raw = rawColumns(request);
    const { id, data } = await this.referenceOf(request);
    const rule = request.event_time;
    const rules: WindowRules = {
      reference: id === null ? "of the request" : `"${id}"`,
      columns: kindsIn(data),
      ignored: rule ? [rule.column] : [],
      schema: request.schema,
    };
    const tests = request.tests;
    if (tests !== "all") requireKnown(Object.keys(tests), "tests", rules);
    checkRoles(request.roles, rules.columns);
    const times = rule && eventTimes(plainValues((raw as RawColumns | null)?.[rule.column]), rule, Date.now());
    const window = await summariseWindow(raw, rules);
    const report = await detectDrift(data, window.data, {
      referenceId: id,
      preset: request.preset,
      driftShare: request.drift_share,
      minimumRows: request.minimum_rows,
      tests,
      correction: request.correction,
      minimumEffect: request.minimum_effect,
      roles: request.roles,
      schemaProblems: window.problems,
      eventTimes: times,
    });
    return { report, reference: data, current: window.data };
  }

  private async referenceOf({
    reference_id: id,
    reference: inline,
  }: Pick<DetectBody, "reference_id" | "reference">): Promise<{ id: string | null; data: DataSummary }> {
    if ((id === undefined) === (inline === undefined)) {
      throw new ServiceError(400, "invalid_request", "Send either reference_id or reference, and not both.");
    }
    if (id === undefined) {
      const { kinds = {}, ...data } = inline ?? {};
      return { id: null, data: await summariseColumns(rawColumns(data), kinds, "reference") };
    }
    const reference = await this.cache.get(id);
    if (reference) return { id, data: reference };
    // Another replica may have deleted it.
    this.forget(id);
    throw notFound(id);
  }

  private forget(id: string): void {
    this.cache.drop(id);
    this.metrics.forget(id);
  }
}

function notFound(id: string): ServiceError {
  return new ServiceError(
    404,
    "reference_not_found",
    `There is no reference "${id}". PUT /references/${id} makes one.`,
  );
}
