import type { FastifyInstance } from "fastify";
import { ServiceError } from "../../runtime/errors";
import { arrowColumns } from "./arrowTable";
import { TableFileError } from "./tableFileError";

/** Registered media types of Arrow IPC. */
const TYPES = ["application/vnd.apache.arrow.stream", "application/vnd.apache.arrow.file"];

/**
 * Lets a server take Arrow IPC where it takes JSON with columns. What a JSON body says beside its columns stands in the
 * query then, as texts: POST /detect-drift?reference_id=model-1.
 */
export function acceptArrowBodies(server: FastifyInstance): void {
  server.addContentTypeParser(TYPES, { parseAs: "buffer" }, async (request: { query: unknown }, body: Buffer) => {
    const { replace: _, ...rest } = request.query as Record<string, unknown>;
    return { ...rest, columns: columnsOf(body) };
  });
}

function columnsOf(body: Buffer) {
  try {
    return arrowColumns(body);
  } catch (error) {
    if (!(error instanceof TableFileError)) throw error;
    throw new ServiceError(400, "invalid_arrow", error.message);
  }
}
