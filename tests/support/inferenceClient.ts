import { type ChannelCredentials, Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { parse } from "protobufjs";
import { INFERENCE_PROTO } from "../../services/serving/grpc/inferenceProto";

const { root } = parse(INFERENCE_PROTO, { keepCase: true });
const service = root.lookupService("inference.GRPCInferenceService");

/** How a call ended: its response with 64-bit integers as texts, or its status, text and metadata. */
export type GrpcAnswer =
  | { readonly response: Record<string, unknown> }
  | { readonly status: string | undefined; readonly text: string; readonly metadata: Metadata };

/** A gRPC client of the protocol, for tests. */
export function createInferenceClient(address: string, how: ChannelCredentials = credentials.createInsecure()) {
  const client = new Client(address, how);
  return {
    close: () => client.close(),
    /** Sends fields in protobufjs's plain form; the client gives up after `deadlineMs`. */
    call(
      name: string,
      fields: object,
      deadlineMs?: number,
      metadata: Readonly<Record<string, string>> = {},
    ): Promise<GrpcAnswer> {
      const method = service.methods[name];
      if (method === undefined) throw new Error(`There is no call ${name}.`);
      const request = root.lookupType(`inference.${method.requestType}`);
      return this.callBytes(
        name,
        Buffer.from(request.encode(request.fromObject(fields)).finish()),
        deadlineMs,
        metadata,
      );
    },
    /** Sends bytes as they are. */
    callBytes(
      name: string,
      bytes: Buffer,
      deadlineMs?: number,
      metadata: Readonly<Record<string, string>> = {},
    ): Promise<GrpcAnswer> {
      const sent = new Metadata();
      for (const [key, value] of Object.entries(metadata)) sent.set(key, value);
      const response = root.lookupType(`inference.${service.methods[name]?.responseType}`);
      return new Promise((resolve) => {
        const done = (error: ServiceError | null, answer?: Buffer) => {
          if (error) resolve({ status: status[error.code], text: error.details, metadata: error.metadata });
          else {
            const message = response.decode(answer ?? Buffer.alloc(0));
            resolve({ response: response.toObject(message, { longs: String, defaults: true }) });
          }
        };
        const path = `/inference.GRPCInferenceService/${name}`;
        client.makeUnaryRequest<Buffer, Buffer>(
          path,
          (given) => given,
          (given) => given,
          bytes,
          sent,
          deadlineMs === undefined ? {} : { deadline: Date.now() + deadlineMs },
          done,
        );
      });
    },
  };
}
