import { setImmediate as nextTurn } from "node:timers/promises";
import { ServiceError } from "../runtime/errors";
import { type Column, type ColumnKind, columnsFromRows, parseColumns } from "./columns";
import { detectDrift, type TestChoice } from "./detect";
import type { DriftMetrics } from "./driftMetrics";
import type { Reference, ReferenceCache } from "./referenceCache";
import type { PutOutcome, ReferenceInfo, ReferenceStore } from "./referenceStore";
import type { DriftReport } from "./reportSchema";
import { type ColumnSummary, summarise } from "./summary";

export interface DetectRequest {
  readonly reference_id: string;
  readonly columns?: unknown;
  readonly rows?: unknown;
  readonly drift_share: number;
  readonly minimum_rows: number;
  readonly tests: Readonly<Record<string, TestChoice>>;
}

/** What the service does, apart from HTTP. */
export class DriftMonitor {
  constructor(
    private readonly store: ReferenceStore,
    private readonly cache: ReferenceCache,
    private readonly metrics: DriftMetrics,
  ) {}

  /** Summarises columns and stores them under an id. */
  async putReference(
    id: string,
    columns: unknown,
    kinds: Readonly<Record<string, ColumnKind>>,
    replace: boolean,
  ): Promise<{ outcome: Exclude<PutOutcome, "exists">; info: ReferenceInfo }> {
    const summaries = await summariseAll(parseColumns(columns, kinds));
    const outcome = await this.store.put(id, summaries, replace);
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

  /** Compares a window with a stored reference. */
  async detect(request: DetectRequest): Promise<DriftReport> {
    const started = performance.now();
    try {
      const raw = windowOf(request);
      const reference = await this.cache.get(request.reference_id);
      if (!reference) {
        // Another replica may have deleted it.
        this.forget(request.reference_id);
        throw notFound(request.reference_id);
      }
      const report = await detectDrift(reference.columns, await windowSummaries(raw, reference, request.tests), {
        referenceId: reference.id,
        driftShare: request.drift_share,
        minimumRows: request.minimum_rows,
        tests: request.tests,
      });
      this.metrics.compared(report, (performance.now() - started) / 1000);
      return report;
    } catch (error) {
      this.metrics.failed();
      throw error;
    }
  }

  private forget(id: string): void {
    this.cache.drop(id);
    this.metrics.forget(id);
  }
}

function windowOf({ columns, rows }: DetectRequest): unknown {
  if ((columns === undefined) === (rows === undefined)) {
    throw new ServiceError(400, "invalid_request", "Send either columns or rows, and not both.");
  }
  return columns ?? columnsFromRows(rows);
}

/** The window's summaries by column, of the reference's kinds. */
async function windowSummaries(
  raw: unknown,
  reference: Reference,
  tests: Readonly<Record<string, TestChoice>>,
): Promise<Map<string, ColumnSummary>> {
  const given = typeof raw === "object" && raw !== null && !Array.isArray(raw) ? Object.keys(raw) : [];
  for (const [names, where] of [
    [given, "The window"],
    [Object.keys(tests), "tests"],
  ] as const) {
    const unknown = names.find((name) => !reference.columns.has(name));
    if (unknown !== undefined) throw unknownColumn(unknown, where, reference);
  }
  const missing = [...reference.columns.keys()].filter((name) => !given.includes(name));
  if (given.length > 0 && missing.length > 0) {
    throw new ServiceError(
      400,
      "missing_columns",
      `The window lacks ${missing.length} column(s) of the reference "${reference.id}": ${quoted(missing)}. Send nulls for values that are not known.`,
      { columns: missing.slice(0, 20) },
    );
  }
  const kinds = Object.fromEntries([...reference.columns].map(([name, { kind }]) => [name, kind]));
  const summaries = await summariseAll(parseColumns(raw, given.length > 0 ? kinds : {}));
  return new Map(summaries.map((summary) => [summary.name, summary]));
}

async function summariseAll(columns: Iterable<Column>): Promise<ColumnSummary[]> {
  const summaries: ColumnSummary[] = [];
  for (const column of columns) {
    summaries.push(summarise(column));
    // Sorting a long column takes a while; other requests, and the probes, are answered in between.
    await nextTurn();
  }
  return summaries;
}

function unknownColumn(name: string, where: string, reference: Reference): ServiceError {
  return new ServiceError(
    400,
    "unknown_column",
    `${where} names the column ${JSON.stringify(name.slice(0, 256))}, which the reference "${reference.id}" lacks. It has: ${quoted([...reference.columns.keys()])}.`,
    { column: name.slice(0, 256) },
  );
}

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 20).map((name) => JSON.stringify(name));
  return names.length > shown.length ? `${shown.join(", ")} and ${names.length - shown.length} more` : shown.join(", ");
}

function notFound(id: string): ServiceError {
  return new ServiceError(
    404,
    "reference_not_found",
    `There is no reference "${id}". PUT /references/${id} makes one.`,
  );
}
