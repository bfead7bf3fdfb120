import { promisify } from "node:util";
import { deflate, gunzip, gzip, inflate } from "node:zlib";
import { ServiceError } from "../runtime/errors";
import { bodyTooLarge } from "../runtime/http";

const DECODERS = { gzip: promisify(gunzip), deflate: promisify(inflate) };
const ENCODERS = { gzip: promisify(gzip), deflate: promisify(deflate) };
type Coding = keyof typeof DECODERS;

/** Smaller answers gain nothing. */
const LEAST_ENCODED_BYTES = 1400;

/**
 * The bytes of a body without its content-encoding, `limitBytes` at most.
 * @throws {ServiceError} 413 beyond the limit, 415 for an encoding other than gzip and deflate, 400 for damaged bytes.
 */
export async function decodeContent(body: Buffer, encoding: string | undefined, limitBytes: number): Promise<Buffer> {
  const coding = encoding?.trim().toLowerCase();
  if (coding === undefined || coding === "" || coding === "identity") return body;
  if (!isCoding(coding)) {
    throw new ServiceError(
      415,
      "unsupported_content_encoding",
      `The content-encoding is ${JSON.stringify(encoding)}. Allowed: gzip, deflate, identity.`,
    );
  }
  try {
    return await DECODERS[coding](body, { maxOutputLength: limitBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw bodyTooLarge(limitBytes);
    throw new ServiceError(400, "invalid_encoding", `The body is not ${coding}: ${(error as Error).message}.`);
  }
}

/** The body in a coding that the caller takes, and which one; large bodies only, and gzip first. */
export async function encodeContent(
  body: Buffer,
  accepted: string | undefined,
): Promise<{ body: Buffer; coding: Coding | undefined }> {
  const coding = body.length < LEAST_ENCODED_BYTES ? undefined : (["gzip", "deflate"] as const).find(isIn(accepted));
  return coding === undefined ? { body, coding } : { body: await ENCODERS[coding](body), coding };
}

/** The headers of an answer in this coding. */
export function contentHeaders(coding: Coding | undefined): Record<string, string> {
  return coding === undefined ? {} : { "content-encoding": coding, vary: "accept-encoding" };
}

function isCoding(text: string): text is Coding {
  return Object.hasOwn(DECODERS, text);
}

function isIn(accepted: string | undefined): (coding: Coding) => boolean {
  const items = (accepted ?? "").toLowerCase().split(",");
  return (coding) =>
    items.some((item) => {
      const [name, ...parameters] = item.split(";").map((part) => part.trim());
      return name === coding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    });
}
