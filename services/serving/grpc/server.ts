import {
  type ServiceError as GrpcError,
  type handleUnaryCall,
  logVerbosity,
  Metadata,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  setLogVerbosity,
  status,
  type UntypedHandleCall,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { parse, type Type } from "protobufjs";
import type { ServiceError } from "../../runtime/errors";
import { errorHeaders } from "../../runtime/http";
import type { TlsMaterial } from "../../runtime/httpTls";
import type { Logger } from "../../runtime/logging";
import type { Access, Credentials } from "../access";
import type { RoutingHeaders } from "../models";
import type { RequestObserver, RequestRecord } from "../observability/requestObserver";
import { groupOfCall } from "../security/routeGroups";
import { toPredictionError } from "../servingMetrics";
import { INFERENCE_PROTO } from "./inferenceProto";
import { decodeRequest } from "./modelInfer";

const { root } = parse(INFERENCE_PROTO, { keepCase: true });
const SERVICE = root.lookupService("inference.GRPCInferenceService");

/** What answers a call: its decoded request in, the fields of its response out. The signal says that nobody waits any more. */
export type GrpcHandler = (request: never, signal: AbortSignal, call: CallParticulars) => Promise<object> | object;

/** What is known of a call beside its request. */
export interface CallParticulars {
  /** The call's metadata. */
  readonly headers: RoutingHeaders;
  /** Undefined when nobody follows requests. */
  readonly record: RequestRecord | undefined;
}

export interface GrpcServerArgs {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** By the name of the call in inferenceProto.ts; every call has one. */
  readonly handlers: Readonly<Record<string, GrpcHandler>>;
  /** Largest request in bytes. */
  readonly messageLimitBytes: number;
  readonly log: Logger;
  readonly access: Access;
  readonly tls?: TlsMaterial | undefined;
  readonly observer?: RequestObserver | undefined;
}

export interface GrpcServer {
  /** host:port. */
  readonly address: string;
  /** Answers what is in flight and takes nothing more. */
  close(): Promise<void>;
}

/**
 * Serves the protocol's calls over HTTP/2, with TLS when the HTTP port has it. Errors carry the text that the REST
 * protocol would answer; 429 and 503 come with "retry-after" in the metadata.
 */
export async function startGrpcServer(args: GrpcServerArgs): Promise<GrpcServer> {
  const { host, port, messageLimitBytes, tls } = args;
  // What goes wrong is thrown or answered; standard error holds JSON lines only.
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server({
    "grpc.max_receive_message_length": messageLimitBytes,
    "grpc.max_send_message_length": -1,
  });
  server.addService(DEFINITION, implementation(args));
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, credentialsFor(tls), (error, found) => {
      if (error === null) resolve(found);
      else reject(new Error(`gRPC cannot listen on ${host}:${port}: ${error.message}`));
    });
  });
  return {
    address: `${host}:${bound}`,
    close: () => new Promise((resolve, reject) => server.tryShutdown((error) => (error ? reject(error) : resolve()))),
  };
}

function credentialsFor(tls: TlsMaterial | undefined): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  const { ca = null, key, cert } = tls;
  return ServerCredentials.createSsl(ca, [{ private_key: key, cert_chain: cert }], ca !== null);
}

const DEFINITION: ServiceDefinition = Object.fromEntries(
  SERVICE.methodsArray.map((method) => {
    const responseType = root.lookupType(`inference.${method.responseType}`);
    return [
      method.name,
      {
        path: `/inference.GRPCInferenceService/${method.name}`,
        requestStream: false,
        responseStream: false,
        requestSerialize: (bytes: Buffer) => bytes,
        // The handler decodes, so that a wrong request is answered as one and not as the server's failure.
        requestDeserialize: (bytes: Buffer) => bytes,
        responseSerialize: serializer(responseType),
        responseDeserialize: (bytes: Buffer) => responseType.decode(bytes),
      },
    ];
  }),
);

function serializer(type: Type): (fields: object) => Buffer {
  return (fields) => Buffer.from(type.encode(fields).finish());
}

function implementation({ handlers, log, access, observer }: GrpcServerArgs): UntypedServiceImplementation {
  return Object.fromEntries(
    SERVICE.methodsArray.map(({ name, requestType: typeName }): [string, UntypedHandleCall] => {
      const handler = handlers[name];
      if (handler === undefined) throw new Error(`Nothing answers the call ${name}.`);
      const group = groupOfCall(name);
      const requestType = root.lookupType(`inference.${typeName}`);
      const answer: handleUnaryCall<Buffer, object> = (call, done) => {
        const controller = new AbortController();
        const record = group === "health" ? undefined : observer?.begin(`grpc ${name}`, call.metadata.toHttp2Headers());
        // Also when the caller's deadline has passed.
        call.once("cancelled", () => controller.abort());
        Promise.resolve()
          .then(() => access.admit(group, credentialsOf(call.metadata)))
          .then((caller) => {
            if (record !== undefined) record.caller = caller;
            const request = decodeRequest(requestType, call.request);
            return handler(request as never, controller.signal, { headers: headersOf(call.metadata), record });
          })
          .then(
            (response) => {
              done(null, response);
              if (record !== undefined) observer?.end(record, "OK");
            },
            (cause: unknown) => {
              const error = toPredictionError(cause);
              if (error !== cause) log.error({ err: cause, call: name }, "call failed");
              const answered = toGrpcError(error);
              done(answered);
              if (record !== undefined) observer?.end(record, status[answered.code]);
            },
          );
      };
      return [name, answer as UntypedHandleCall];
    }),
  );
}

function headersOf(metadata: Metadata): RoutingHeaders {
  const texts = Object.entries(metadata.getMap()).map(([name, value]) => [name, value.toString()]);
  return Object.fromEntries(texts);
}

function credentialsOf(metadata: Metadata): Credentials {
  const first = (name: string) => metadata.get(name)[0]?.toString();
  return { authorization: first("authorization"), "x-api-key": first("x-api-key") };
}

const STATUSES: Readonly<Record<number, status>> = {
  400: status.INVALID_ARGUMENT,
  401: status.UNAUTHENTICATED,
  403: status.PERMISSION_DENIED,
  404: status.NOT_FOUND,
  409: status.FAILED_PRECONDITION,
  413: status.INVALID_ARGUMENT,
  429: status.RESOURCE_EXHAUSTED,
  499: status.CANCELLED,
  503: status.UNAVAILABLE,
  504: status.DEADLINE_EXCEEDED,
};

/** The service's error in gRPC's terms. */
export function toGrpcError(error: ServiceError): Pick<GrpcError, "code" | "details" | "metadata"> {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(errorHeaders(error))) metadata.set(name, value);
  return { code: STATUSES[error.status] ?? status.INTERNAL, details: error.message, metadata };
}
