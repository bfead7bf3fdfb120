import { type handleUnaryCall, Metadata, Server, ServerCredentials, type ServiceError, status } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Change, compareInputs } from "./compare";
import { NotReady, type SimulatedProvider } from "./provider";
import type { Failure } from "./validate";
import { fromStruct, toStruct } from "./wire";

/** A provider's configuration as the catalogue-less comparison sees it: any property, any value. */
const ANYTHING = { token: "provider", inputs: {}, id: () => "" };

/**
 * Serves a simulated provider over Pulumi's ResourceProvider protocol (proto/pulumi/provider.proto) and returns the
 * port. It does not accept secrets: the engine then opens them for it and marks what comes back as secret again.
 * @param guard throws outside a rehearsal
 */
export function serveProvider(provider: SimulatedProvider, guard: () => void): Promise<number> {
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(ResourceProviderService, { ...configuration(provider, guard), ...resources(provider) });
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

function configuration(provider: SimulatedProvider, guard: () => void) {
  return {
    checkConfig: answer<proto.CheckRequest, proto.CheckResponse>((request) => {
      guard();
      return new proto.CheckResponse().setInputs(request.getNews());
    }),
    diffConfig: answer<proto.DiffRequest, proto.DiffResponse>((request) => {
      const changes = compareInputs(ANYTHING, fromStruct(request.getOldInputs()), fromStruct(request.getNews()));
      return diffResponse(changes, false);
    }),
    configure: answer<proto.ConfigureRequest, proto.ConfigureResponse>((request) => {
      guard();
      provider.configure(fromStruct(request.getArgs()));
      return new proto.ConfigureResponse().setSupportspreview(true);
    }),
    getPluginInfo: answer<Empty, PluginInfo>(() =>
      new PluginInfo().setVersion(`${provider.catalogue.version}+simulated`),
    ),
    getSchema: answer<proto.GetSchemaRequest, proto.GetSchemaResponse>(() =>
      new proto.GetSchemaResponse().setSchema(JSON.stringify({ name: provider.catalogue.package })),
    ),
    attach: answer(() => new Empty()),
    cancel: answer(() => new Empty()),
    invoke: answer<proto.InvokeRequest, proto.InvokeResponse>((request) =>
      new proto.InvokeResponse().setReturn(toStruct(provider.invoke(request.getTok(), fromStruct(request.getArgs())))),
    ),
  };
}

function resources(provider: SimulatedProvider) {
  return {
    check: answer<proto.CheckRequest, proto.CheckResponse>((request) => {
      const { inputs, failures } = provider.check(tokenOf(request.getUrn()), fromStruct(request.getNews()));
      return new proto.CheckResponse().setInputs(toStruct(inputs)).setFailuresList(failures.map(checkFailure));
    }),
    diff: answer<proto.DiffRequest, proto.DiffResponse>((request) => {
      const [olds, news] = [fromStruct(request.getOldInputs()), fromStruct(request.getNews())];
      const { changes, deleteFirst } = provider.diff(tokenOf(request.getUrn()), olds, news);
      return diffResponse(changes, deleteFirst);
    }),
    create: answer<proto.CreateRequest, proto.CreateResponse>(async (request) => {
      const inputs = fromStruct(request.getProperties());
      if (request.getPreview()) {
        return new proto.CreateResponse().setProperties(toStruct(provider.previewCreate(inputs)));
      }
      const { id, outputs } = await provider.create(tokenOf(request.getUrn()), request.getUrn(), inputs);
      return new proto.CreateResponse().setId(id).setProperties(toStruct(outputs));
    }),
    read: answer<proto.ReadRequest, proto.ReadResponse>(async (request) => {
      const live = await provider.refresh(tokenOf(request.getUrn()), request.getId());
      if (!live) return new proto.ReadResponse();
      const { id, inputs, outputs } = live;
      return new proto.ReadResponse().setId(id).setInputs(toStruct(inputs)).setProperties(toStruct(outputs));
    }),
    update: answer<proto.UpdateRequest, proto.UpdateResponse>(async (request) => {
      const news = fromStruct(request.getNews());
      if (request.getPreview()) {
        return new proto.UpdateResponse().setProperties(
          toStruct(provider.previewUpdate(fromStruct(request.getOlds()), news)),
        );
      }
      const { outputs } = await provider.update(tokenOf(request.getUrn()), request.getUrn(), request.getId(), news);
      return new proto.UpdateResponse().setProperties(toStruct(outputs));
    }),
    delete: answer<proto.DeleteRequest, Empty>(async (request) => {
      await provider.delete(tokenOf(request.getUrn()), request.getId());
      return new Empty();
    }),
  };
}

/** A handler that answers with what `respond` returns, or with its error's message as it is. */
function answer<Request, Response>(
  respond: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, reply) => {
    Promise.resolve()
      .then(() => respond(call.request))
      .then(
        (response) => reply(null, response),
        (error: unknown) => reply(error instanceof NotReady ? initFailed(error) : refused(error as Error)),
      );
  };
}

function refused({ message }: Error): Partial<ServiceError> {
  return { code: status.UNKNOWN, details: message };
}

/** The engine reads from the details that the resource exists, with this id, and is not ready. */
function initFailed({ message, resource }: NotReady): Partial<ServiceError> {
  const detail = new proto.ErrorResourceInitFailed()
    .setId(resource.id)
    .setProperties(toStruct(resource.outputs))
    .setInputs(toStruct(resource.inputs))
    .setReasonsList([message]);
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const whole = new Status();
  whole.setCode(status.UNKNOWN);
  whole.setMessage(message);
  whole.addDetails(packed);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(whole.serializeBinary()));
  return { code: status.UNKNOWN, details: message, metadata };
}

function checkFailure({ property, reason }: Failure): proto.CheckFailure {
  return new proto.CheckFailure().setProperty(property).setReason(reason);
}

function diffResponse(changes: readonly Change[], deleteFirst: boolean): proto.DiffResponse {
  const { DiffChanges } = proto.DiffResponse;
  const response = new proto.DiffResponse()
    .setChanges(changes.length > 0 ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE)
    .setDiffsList([...new Set(changes.map(({ path }) => topLevel(path)))])
    .setHasdetaileddiff(true);
  for (const { path, kind, replaces } of changes) {
    response
      .getDetaileddiffMap()
      .set(path, new proto.PropertyDiff().setKind(diffKind(kind, replaces)).setInputdiff(true));
  }
  const replacing = changes.filter(({ replaces }) => replaces).map(({ path }) => topLevel(path));
  return response.setReplacesList([...new Set(replacing)]).setDeletebeforereplace(deleteFirst && replacing.length > 0);
}

function diffKind(kind: "add" | "delete" | "update", replaces: boolean): proto.PropertyDiff.Kind {
  const { Kind } = proto.PropertyDiff;
  switch (kind) {
    case "add":
      return replaces ? Kind.ADD_REPLACE : Kind.ADD;
    case "delete":
      return replaces ? Kind.DELETE_REPLACE : Kind.DELETE;
    case "update":
      return replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE;
  }
}

function topLevel(path: string): string {
  return path.replace(/[.[].*$/, "");
}

/** `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME` to TYPE. */
function tokenOf(urn: string): string {
  const [, , types = ""] = urn.split("::");
  return types.slice(types.lastIndexOf("$") + 1);
}
