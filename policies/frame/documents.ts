import { isObject } from "./read";
import type { Properties } from "./rule";

/** One statement of an AWS policy document, its single values made lists. */
export interface Statement {
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `*`, or `KIND:value` such as `AWS:arn:aws:iam::123456789012:root`. */
  readonly principals: readonly string[];
  readonly condition: Properties;
  /** It allows everything but a list, by NotAction, NotResource or NotPrincipal. */
  readonly inverted: boolean;
}

/** Statements of a policy document, given as JSON text or as an object. @throws {Error} when it is neither */
export function statementsOf(document: unknown): Statement[] {
  const parsed: unknown = typeof document === "string" ? parse(document) : document;
  if (!isObject(parsed)) throw new Error("A policy document must be a JSON object with a Statement.");
  const statements = Array.isArray(parsed.Statement) ? parsed.Statement : [parsed.Statement];
  return statements.filter(isObject).map((statement, index) => ({
    sid: typeof statement.Sid === "string" ? statement.Sid : `statement ${index + 1}`,
    effect: String(statement.Effect),
    actions: textsOf(statement.Action),
    resources: textsOf(statement.Resource),
    principals: principalsOf(statement.Principal),
    condition: isObject(statement.Condition) ? statement.Condition : {},
    inverted: ["NotAction", "NotResource", "NotPrincipal"].some((key) => key in statement),
  }));
}

/** The statements that allow something. */
export function allowances(document: unknown): Statement[] {
  return statementsOf(document).filter(({ effect }) => effect === "Allow");
}

/** Does a statement let anyone in? */
export function isForAnyone({ principals }: Statement): boolean {
  return principals.some((principal) => principal === "*" || principal === "AWS:*");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`A policy document is no JSON: ${(error as Error).message}`);
  }
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((member) => typeof member === "string");
}

function principalsOf(value: unknown): string[] {
  if (!isObject(value)) return textsOf(value);
  return Object.entries(value).flatMap(([kind, members]) => textsOf(members).map((member) => `${kind}:${member}`));
}
