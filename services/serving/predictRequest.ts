import { randomUUID } from "node:crypto";
import { ServiceError } from "../runtime/errors";
import { FP32_MAX, valueSeen } from "./valueSeen";

/** A prediction request that is sound: features in the model's order, each finite as FP32. */
export interface PredictRequest {
  readonly features: readonly number[];
  /** The caller's, or a random UUID; as JSON. */
  readonly requestIdText: string;
}

const FIELDS = ["features", "feature_names", "request_id"];
const REQUEST_ID_LENGTH = 128;

/**
 * A parser of /predict bodies for a model with these features. Written by hand because it runs on every request:
 * one pass, no allocation beside the result.
 * The parser throws {ServiceError} 400 with a code of its own for every way in which a body can be wrong.
 */
export function predictParser(names: readonly string[]): (text: string) => PredictRequest {
  const indexOf = new Map(names.map((name, index) => [name, index]));
  return (text) => {
    const body = parseObject(text);
    for (const field in body) if (!FIELDS.includes(field)) throw unknownField(field);
    const { features, feature_names: given, request_id: id } = body;
    if (features === undefined) throw bad("missing_features", `features is missing. Send ${names.length} numbers.`);
    if (!Array.isArray(features)) {
      throw bad(
        "invalid_features",
        `features is ${valueSeen(features)}. Allowed: an array of ${names.length} numbers.`,
      );
    }
    const order = given === undefined ? undefined : readOrder(given, indexOf, names);
    if (features.length !== names.length) throw wrongCount(features.length, names);
    for (let index = 0; index < features.length; index++) {
      const value: unknown = features[index];
      if (typeof value !== "number" || !(Math.abs(value) <= FP32_MAX)) {
        throw invalidValue(value, index, names[order?.[index] ?? index]);
      }
    }
    return { features: order === undefined ? features : reorder(features, order), requestIdText: readRequestId(id) };
  };
}

function parseObject(text: string): Record<string, unknown> {
  if (text.length === 0) throw bad("empty_body", "The request body is empty. Send a JSON object with features.");
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw bad("invalid_json", `The request body is not valid JSON: ${(error as Error).message}.`);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw bad("invalid_body", `The request body is ${valueSeen(body)}. Allowed: a JSON object with features.`);
  }
  return body as Record<string, unknown>;
}

/** For each position of the request, the model's index of the feature there. */
function readOrder(given: unknown, indexOf: ReadonlyMap<string, number>, names: readonly string[]): number[] {
  if (!Array.isArray(given)) {
    throw bad(
      "invalid_feature_names",
      `feature_names is ${valueSeen(given)}. Allowed: an array of ${names.length} names.`,
    );
  }
  const seen = new Uint8Array(names.length);
  const order = given.map((name: unknown, position) => {
    if (typeof name !== "string") {
      throw bad(
        "invalid_feature_names",
        `feature_names[${position}] is ${valueSeen(name)}. Allowed: a feature's name.`,
      );
    }
    const index = indexOf.get(name);
    if (index === undefined) {
      throw bad(
        "unknown_feature_name",
        `feature_names[${position}] is ${valueSeen(name)}, which this model does not have. GET /model/info lists its features.`,
      );
    }
    if (seen[index] === 1) {
      throw bad(
        "duplicate_feature_name",
        `feature_names[${position}] repeats ${valueSeen(name)}. Name every feature once.`,
      );
    }
    seen[index] = 1;
    return index;
  });
  const missing = names.find((_, index) => seen[index] === 0);
  if (missing === undefined) return order;
  const count = names.length - order.length;
  throw bad(
    "missing_feature_name",
    `feature_names lacks ${count} of the model's ${names.length} features, the first being ${valueSeen(missing)}.`,
  );
}

function reorder(features: readonly number[], order: readonly number[]): number[] {
  const ordered = new Array<number>(features.length);
  for (const [position, index] of order.entries()) ordered[index] = features[position] as number;
  return ordered;
}

function readRequestId(id: unknown): string {
  if (id === undefined) return `"${randomUUID()}"`;
  if (typeof id === "string" && id.length > 0 && id.length <= REQUEST_ID_LENGTH) return JSON.stringify(id);
  throw bad(
    "invalid_request_id",
    `request_id is ${valueSeen(id)}. Allowed: a text of 1 to ${REQUEST_ID_LENGTH} characters.`,
  );
}

function unknownField(field: string): ServiceError {
  return bad("unknown_field", `The field ${valueSeen(field)} is not known. Allowed: ${FIELDS.join(", ")}.`);
}

function wrongCount(found: number, names: readonly string[]): ServiceError {
  return bad(
    "wrong_feature_count",
    `features has ${found} values. This model takes ${names.length}; GET /model/info lists them.`,
  );
}

function invalidValue(value: unknown, index: number, name: string | undefined): ServiceError {
  return bad(
    "invalid_feature_value",
    `features[${index}] (${name}) is ${valueSeen(value)}. Allowed: a finite number that FP32 can hold (up to 3.4e38).`,
  );
}

function bad(code: string, message: string): ServiceError {
  return new ServiceError(400, code, message);
}
