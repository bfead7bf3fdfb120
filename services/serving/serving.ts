import { Registry } from "prom-client";
import { openObjectStore } from "../runtime/objectStore";
import type { RunningService, StartArgs } from "../runtime/process";
import { createServingApi } from "./api";
import { inferenceHandlers } from "./grpc/inferenceService";
import { type GrpcServer, startGrpcServer } from "./grpc/server";
import { ModelRepository } from "./modelRepository";
import { createRepositoryControl } from "./repositoryControl";
import { createSecurity } from "./security/security";
import { type Settings, serveVersion } from "./servedVersion";
import type { servingService } from "./service";
import { parseModelList, toPolicy } from "./versionPolicy";

/** The running model server. */
export interface RunningServing extends RunningService {
  /** host:port of the gRPC server; undefined when there is none. */
  readonly grpcAddress: string | undefined;
}

/**
 * Starts the model server: loads, checks and warms the models, then listens. Closing answers what is in flight, then
 * stops the sampling and gives the models' memory back.
 * @throws {ModelPackageError} when a model is absent, damaged or cannot be served.
 */
export async function startServing({
  environment,
  log,
}: StartArgs<(typeof servingService)["environment"]>): Promise<RunningServing> {
  const repository = new ModelRepository({
    store: openObjectStore(environment.OBJECT_STORE_URL),
    mainName: environment.MODEL_NAME,
    warmUpRows: environment.MAX_BATCH_SIZE,
    placement: environment.EXECUTION,
    serve: (loaded) => serveVersion(loaded, environment, log),
    log,
  });
  const control = createRepositoryControl(repository, environment.MODEL_CONTROL === "explicit");
  const { access, gate, tls } = createSecurity(environment);
  let grpc: GrpcServer | undefined;
  try {
    await loadAll(repository, environment);
    const { BODY_LIMIT_BYTES: bodyLimitBytes, HOST: host, PORT: port } = environment;
    const server = await createServingApi({
      models: repository,
      control,
      access,
      gate,
      tls,
      log,
      registry: new Registry(),
      bodyLimitBytes,
    });
    const { GRPC_PORT: grpcPort } = environment;
    if (grpcPort !== undefined) {
      const handlers = inferenceHandlers(repository, control);
      grpc = await startGrpcServer({
        host,
        port: grpcPort,
        handlers,
        messageLimitBytes: bodyLimitBytes,
        access,
        tls,
        log,
      });
    }
    const url = await server.listen({ host, port });
    return {
      url,
      grpcAddress: grpc?.address,
      async close() {
        repository.hurry();
        await Promise.all([server.close(), grpc?.close()]);
        await repository.close();
      },
    };
  } catch (error) {
    await grpc?.close();
    await repository.close();
    throw error;
  }
}

async function loadAll(repository: ModelRepository, { MODEL_NAME, MODEL_VERSION, MODELS }: Settings): Promise<void> {
  const further = MODELS === undefined ? [] : (parseModelList(MODELS) ?? []);
  const listed = further.some(({ name }) => name === MODEL_NAME);
  const main = listed ? [] : [{ name: MODEL_NAME, policy: toPolicy(MODEL_VERSION) }];
  // One after another: loading is bound by the processor.
  for (const { name, policy } of [...main, ...further]) await repository.load(name, policy);
}
