import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { ServiceError } from "../runtime/errors";
import { bodyTooLarge } from "../runtime/http";

/**
 * A body that is too large is read to its end and dropped, so that its sender hears the answer instead of a reset
 * connection; but not beyond this many times the limit.
 */
const MOST_DRAINED = 16;

/** Called once with the body as text or with what is wrong; never called when the client goes away. */
export type BodyCallback = (error: ServiceError | undefined, text: string, closeConnection: boolean) => void;

/** Reads a JSON body from the bare request: no promise, no stream, since this is on the way of every prediction. */
export function readJsonText(request: IncomingMessage, limitBytes: number, done: BodyCallback): void {
  const refused = refuseHeaders(request);
  let first: Buffer | undefined;
  let rest: Buffer[] | undefined;
  let size = 0;
  let gaveUp = false;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > limitBytes) {
      first = rest = undefined;
      if (size > limitBytes * MOST_DRAINED && !gaveUp) {
        gaveUp = true;
        done(bodyTooLarge(limitBytes), "", true);
      }
    } else if (first === undefined) first = chunk;
    else if (rest === undefined) rest = [first, chunk];
    else rest.push(chunk);
  });
  request.on("end", () => {
    if (gaveUp) return;
    if (size > limitBytes) return done(bodyTooLarge(limitBytes), "", false);
    if (refused !== undefined) return done(refused, "", false);
    const body = rest === undefined ? first : Buffer.concat(rest);
    const text = body === undefined ? "" : body.toString("utf8");
    // The decoder puts U+FFFD for bytes that are no UTF-8; look twice only where one shows.
    if (body !== undefined && text.includes("\ufffd") && !isUtf8(body)) {
      return done(
        new ServiceError(400, "invalid_json", "The request body is not valid JSON: it is not UTF-8."),
        "",
        false,
      );
    }
    done(undefined, text, false);
  });
}

function refuseHeaders({ headers }: IncomingMessage): ServiceError | undefined {
  const type = headers["content-type"];
  const encoding = headers["content-encoding"];
  if (type !== "application/json" && !/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type ?? "")) {
    return new ServiceError(
      415,
      "unsupported_media_type",
      `The content-type is ${type === undefined ? "not given" : JSON.stringify(type)}. Allowed: application/json, in UTF-8.`,
    );
  }
  if (encoding !== undefined && encoding !== "identity") {
    return new ServiceError(
      415,
      "unsupported_content_encoding",
      `The content-encoding is ${JSON.stringify(encoding)}. Allowed: identity, that is, no compression.`,
    );
  }
  return undefined;
}
