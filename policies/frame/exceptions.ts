import { isObject } from "./read";

/** A rule that a resource may break until a day. */
export interface Exception {
  /** Name of the rule. */
  readonly rule: string;
  /** URN, with * for any part of it. */
  readonly urn: string;
  readonly reason: string;
  /** Whoever answers for it. */
  readonly owner: string;
  /** Last day, as YYYY-MM-DD in UTC. */
  readonly expires: string;
}

const FIELDS = ["rule", "urn", "reason", "owner", "expires"] as const;

/**
 * Reads a list of exceptions.
 * @throws {Error} for one that lacks a field, names no rule or has no such day
 */
export function parseExceptions(value: unknown, rules: readonly string[]): Exception[] {
  if (!Array.isArray(value)) throw new Error("The exceptions file must be a list of exceptions.");
  return value.map((entry: unknown, index) => {
    const given = isObject(entry) ? entry : {};
    const where = `Exception ${index + 1}`;
    for (const field of FIELDS) {
      if (typeof given[field] !== "string" || given[field] === "") throw new Error(`${where} needs the text ${field}.`);
    }
    const exception = given as unknown as Exception;
    if (!rules.includes(exception.rule)) throw new Error(`${where} is of ${exception.rule}, which is no rule.`);
    const day = new Date(`${exception.expires}T00:00:00Z`);
    if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== exception.expires) {
      throw new Error(`${where} expires on ${exception.expires}, which is no day; write YYYY-MM-DD.`);
    }
    return exception;
  });
}

/** Exceptions with a memory of which were needed. */
export class ExceptionList {
  private readonly used = new Set<Exception>();

  /** @param today as YYYY-MM-DD in UTC */
  constructor(
    private readonly exceptions: readonly Exception[],
    private readonly today: string,
  ) {}

  /** May the resource break the rule today? */
  excuses(rule: string, urn: string): boolean {
    const found = this.exceptions.filter((exception) => exception.rule === rule && matches(exception.urn, urn));
    for (const exception of found) this.used.add(exception);
    return found.some((exception) => !this.isOver(exception));
  }

  /** Those whose last day is over. */
  expired(): Exception[] {
    return this.exceptions.filter((exception) => this.isOver(exception));
  }

  /** Those that nothing has asked for so far. */
  unused(): Exception[] {
    return this.exceptions.filter((exception) => !this.used.has(exception));
  }

  private isOver({ expires }: Exception): boolean {
    return expires < this.today;
  }
}

function matches(pattern: string, urn: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(urn);
}
