import { isUtf8 } from "node:buffer";
import { ServiceError } from "../runtime/errors";
import { parseExactJson } from "./exactJson";
import { badRequest } from "./tensors/badRequest";

/** Header of the extension binary_tensor_data: how many bytes of a body are its JSON. */
export const HEADER_LENGTH = "inference-header-content-length";

/** A body of an inference request: its JSON, parsed, and the bytes of the tensors after it. */
export interface InferBody {
  readonly json: unknown;
  readonly tail: Uint8Array;
}

/** The headers that say how a body is to be read. */
export interface InferHeaders {
  readonly "content-type"?: string | undefined;
  readonly [HEADER_LENGTH]?: string | string[] | undefined;
}

/**
 * Takes a body apart. With Inference-Header-Content-Length it is JSON and binary tensors, whatever its content-type;
 * else it is all JSON.
 * @throws {ServiceError} 400 for a wrong header or JSON, 415 for another content-type than JSON.
 */
export function readInferBody(body: Buffer, headers: InferHeaders): InferBody {
  const length = headers[HEADER_LENGTH];
  if (length === undefined) {
    checkJsonType(headers["content-type"]);
    return { json: parseJson(body), tail: body.subarray(body.length) };
  }
  const bytes = typeof length === "string" && /^\d{1,15}$/.test(length) ? Number(length) : -1;
  if (bytes < 0 || bytes > body.length) {
    throw badRequest(
      `Inference-Header-Content-Length is ${JSON.stringify(length)}. Allowed: the length of the JSON, up to the body's ${body.length} bytes.`,
    );
  }
  return { json: parseJson(body.subarray(0, bytes)), tail: body.subarray(bytes) };
}

function checkJsonType(type: string | undefined): void {
  // Clients of the protocol send JSON without saying so.
  if (type === undefined || /^application\/json\s*(;|$)/i.test(type)) return;
  throw new ServiceError(
    415,
    "unsupported_media_type",
    `The content-type is ${JSON.stringify(type)}. Allowed: application/json, or any with Inference-Header-Content-Length.`,
  );
}

function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) throw badRequest("The request body has no JSON. Send a JSON object with inputs.");
  if (!isUtf8(bytes)) throw badRequest("The request body is not valid JSON: it is not UTF-8.");
  try {
    return parseExactJson(bytes.toString("utf8"));
  } catch (error) {
    throw badRequest(`The request body is not valid JSON: ${(error as Error).message}.`);
  }
}
