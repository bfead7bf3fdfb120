import { ServiceError } from "../runtime/errors";
import { columnsFromRows, parseColumns, type RawColumns } from "./columns";
import { type DataSummary, type StatedKind, summariseColumns } from "./dataSummary";
import type { QualityProblem } from "./reportSchema";
import { sampleRichColumn } from "./richColumns";

/** What a window's columns are held against. */
export interface WindowRules {
  /** For messages: the reference's id, or what stands for it. */
  readonly reference: string;
  readonly columns: ReadonlyMap<string, { readonly kind: StatedKind }>;
  /** Columns of the window that are not compared. */
  readonly ignored: readonly string[];
  /** `strict` refuses a window whose columns differ; `report` compares those that agree and reports the others. */
  readonly schema: "strict" | "report";
}

/** All columns of a table with their kinds, those of texts and embeddings included. */
export function kindsIn({ columns, rich }: DataSummary): Map<string, { readonly kind: StatedKind }> {
  return new Map<string, { readonly kind: StatedKind }>([...columns, ...(rich ?? [])]);
}

/** Columns or rows of a request, of which exactly one must be there. */
export function rawColumns({ columns, rows }: { columns?: unknown; rows?: unknown }): unknown {
  if ((columns === undefined) === (rows === undefined)) {
    throw new ServiceError(400, "invalid_request", "Send either columns or rows, and not both.");
  }
  return columns ?? columnsFromRows(rows);
}

/** Summarises a window in the kinds of its reference, with what is wrong with its columns when that is to be reported. */
export async function summariseWindow(
  raw: unknown,
  rules: WindowRules,
): Promise<{ data: DataSummary; problems: QualityProblem[] }> {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw))
    return { data: await summariseColumns(raw, {}, "window"), problems: [] };
  const given = Object.fromEntries(Object.entries(raw).filter(([name]) => !rules.ignored.includes(name)));
  const expected = [...rules.columns.keys()].filter((name) => !rules.ignored.includes(name));
  const unknown = Object.keys(given).filter((name) => !rules.columns.has(name));
  const missing = expected.filter((name) => !Object.hasOwn(given, name));
  if (rules.schema === "strict") {
    if (unknown[0] !== undefined) throw unknownColumn(unknown[0], "The window", rules);
    if (Object.keys(given).length > 0 && missing.length > 0) throw missingColumns(missing, rules);
    return { data: await summariseColumns(given, kindsOf(given, rules), "window"), problems: [] };
  }
  const problems: QualityProblem[] = [
    ...missing.map((column) => mismatch("missing_column", "failure", column, `The window lacks "${column}".`)),
    ...unknown.map((column) => mismatch("unexpected_column", "warning", column, `The reference lacks "${column}".`)),
  ];
  const fitting = withoutUnfit(given, rules, problems);
  return { data: await summariseColumns(fitting, kindsOf(fitting, rules), "window"), problems };
}

/** @throws {ServiceError} 400 `unknown_column` naming the first column that the reference lacks. */
export function requireKnown(names: readonly string[], where: string, rules: WindowRules): void {
  const unknown = names.find((name) => !rules.columns.has(name));
  if (unknown !== undefined) throw unknownColumn(unknown, where, rules);
}

/** The columns that can be compared; those of another type become problems. */
function withoutUnfit(given: RawColumns, rules: WindowRules, problems: QualityProblem[]): RawColumns {
  const fitting: Record<string, unknown> = {};
  for (const [name, values] of Object.entries(given)) {
    const kind = rules.columns.get(name)?.kind;
    if (kind === undefined) continue;
    try {
      if (kind === "text" || kind === "embedding") sampleRichColumn(name, kind, values);
      else Array.from(parseColumns({ [name]: values }, { [name]: kind }));
      fitting[name] = values;
    } catch (error) {
      const wrongType = error instanceof ServiceError && ["wrong_type", "mixed_types"].includes(error.code);
      if (!wrongType) throw error;
      problems.push(mismatch("wrong_type", "failure", name, error.message));
    }
  }
  if (Object.keys(fitting).length > 0) return fitting;
  throw new ServiceError(
    400,
    "schema_mismatch",
    `Not one column of the window fits the reference ${rules.reference}: ${problems.map(({ message }) => message).join(" ")}`.slice(
      0,
      2000,
    ),
  );
}

function mismatch(
  check: QualityProblem["check"],
  level: QualityProblem["level"],
  column: string,
  message: string,
): QualityProblem {
  return { check, level, column, share: 1, message };
}

function kindsOf(given: RawColumns, rules: WindowRules): Record<string, StatedKind> {
  return Object.fromEntries(
    [...rules.columns].flatMap(([name, { kind }]) => (Object.hasOwn(given, name) ? [[name, kind]] : [])),
  );
}

function missingColumns(missing: readonly string[], { reference }: WindowRules): ServiceError {
  return new ServiceError(
    400,
    "missing_columns",
    `The window lacks ${missing.length} column(s) of the reference ${reference}: ${quoted(missing)}. Send nulls for values that are not known, or ask with schema: "report".`,
    { columns: missing.slice(0, 20) },
  );
}

function unknownColumn(name: string, where: string, { reference, columns }: WindowRules): ServiceError {
  return new ServiceError(
    400,
    "unknown_column",
    `${where} names the column ${JSON.stringify(name.slice(0, 256))}, which the reference ${reference} lacks. It has: ${quoted([...columns.keys()])}.`,
    { column: name.slice(0, 256) },
  );
}

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 20).map((name) => JSON.stringify(name));
  return names.length > shown.length ? `${shown.join(", ")} and ${names.length - shown.length} more` : shown.join(", ");
}
