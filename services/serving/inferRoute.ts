import type { FastifyReply, FastifyRequest } from "fastify";
import { contentHeaders, decodeContent, encodeContent } from "./contentCoding";
import { countInference, infer, inferModel } from "./infer";
import { HEADER_LENGTH, readInferBody } from "./inferBody";
import { readInferRequest } from "./inferRequest";
import { type InferResponse, writeInferResponse } from "./inferResponse";
import { noteModel, type RequestRecord } from "./observability/requestObserver";
import type { ServedModel } from "./servedModel";

/** Answers one inference request of the REST protocol; `body` is the bytes as they came. */
export async function answerInfer(
  model: ServedModel,
  { body, headers, raw }: FastifyRequest,
  reply: FastifyReply,
  bodyLimitBytes: number,
  record?: RequestRecord,
): Promise<FastifyReply> {
  noteModel(record, model);
  const answer = async () => {
    const bytes = await decodeContent(
      Buffer.isBuffer(body) ? body : Buffer.alloc(0),
      headers["content-encoding"],
      bodyLimitBytes,
    );
    const { json, tail } = readInferBody(bytes, raw.headers);
    const request = readInferRequest(json, inferModel(model), tail);
    noteModel(record, model, request.rows);
    const tensors = await infer(model, request, hangUpOf(reply));
    const outputs = tensors.map((tensor, index) => ({ tensor, binary: request.outputs[index]?.binary ?? false }));
    return send(reply, writeInferResponse({ card: model.card, id: request.id, outputs }), headers["accept-encoding"]);
  };
  return countInference(model, answer, record);
}

/** Aborts when the caller hangs up before it is answered. */
function hangUpOf({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once("close", () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

async function send(
  reply: FastifyReply,
  { text, tail }: InferResponse,
  accepted: string | string[] | undefined,
): Promise<FastifyReply> {
  const json = Buffer.from(text, "utf8");
  if (tail === undefined) reply.header("content-type", "application/json");
  else {
    reply.header("content-type", "application/octet-stream");
    reply.header(HEADER_LENGTH, json.length);
  }
  const plain = tail === undefined ? json : Buffer.concat([json, ...tail]);
  const { body, coding } = await encodeContent(plain, String(accepted ?? ""));
  return reply.headers(contentHeaders(coding)).send(body);
}
