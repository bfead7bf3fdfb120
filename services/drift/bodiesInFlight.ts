import type { FastifyInstance } from "fastify";
import { ServiceError } from "../runtime/errors";

/** Bodies up to this size are always taken: they need little memory, and windows of a stream are of this kind. */
const SMALL_BODY_BYTES = 1 << 20;

/**
 * Keeps the large bodies that are worked on at once below a sum of bytes, so that memory stays bounded whoever sends.
 * One beyond it is answered 503 `too_many_large_bodies` before it is read.
 */
export function limitBodiesInFlight(server: FastifyInstance, limitBytes: number): void {
  let inFlight = 0;
  server.addHook("onRequest", async (request, reply) => {
    const { headers } = request;
    // A body sent in chunks may come to the full limit.
    const size = headers["transfer-encoding"] ? limitBytes / 2 : Number(headers["content-length"] ?? 0);
    if (size <= SMALL_BODY_BYTES) return;
    if (inFlight + size > limitBytes && inFlight > 0) {
      reply.header("connection", "close");
      throw new ServiceError(
        503,
        "too_many_large_bodies",
        `Request bodies of ${inFlight} bytes are being worked on, and ${limitBytes} are allowed at once. Try again later, or send smaller windows.`,
      );
    }
    inFlight += size;
    reply.raw.once("close", () => {
      inFlight -= size;
    });
  });
}
