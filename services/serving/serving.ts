import cluster from "node:cluster";
import { Registry } from "prom-client";
import { parsePublicKey } from "../runtime/modelSignature";
import { openObjectStore } from "../runtime/objectStore";
import type { RunningService, StartArgs } from "../runtime/process";
import { AliasWatch } from "./aliasWatch";
import { createServingApi } from "./api";
import { Downstream } from "./downstream";
import { inferenceHandlers } from "./grpc/inferenceService";
import { type GrpcServer, startGrpcServer } from "./grpc/server";
import { ModelRepository } from "./modelRepository";
import { startObservability } from "./observability/observability";
import { createRepositoryControl } from "./repositoryControl";
import { createSecurity } from "./security/security";
import { type Settings, serveVersion } from "./servedVersion";
import type { servingService } from "./service";
import { startTraffic } from "./traffic/traffic";
import { parseModelList, toPolicy, type VersionPolicy } from "./versionPolicy";
import { SharedRegistry } from "./workers/sharedRegistry";
import { workerCount } from "./workers/workerGroup";
import { answerPrimary } from "./workers/workerMessages";

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
  checkOneProcess(environment);
  const { MODEL_NAME: mainName, BODY_LIMIT_BYTES: bodyLimitBytes, HOST: host, PORT: port } = environment;
  const store = openObjectStore(environment.OBJECT_STORE_URL);
  const security = createSecurity(environment);
  const observability = await startObservability(environment, log);
  const { observer, tracing } = observability;
  const repository: ModelRepository = new ModelRepository({
    store,
    mainName,
    warmUpRows: environment.MAX_BATCH_SIZE,
    placement: environment.EXECUTION,
    provider: environment.EXECUTION_PROVIDER,
    publicKey: parsePublicKey(environment.MODEL_PUBLIC_KEY ?? ""),
    serve: (loaded) => serveVersion(loaded, environment, log, { tracing, drift }),
    log,
  });
  const explicit = environment.MODEL_CONTROL === "explicit";
  const control = createRepositoryControl(repository, explicit);
  const shared = cluster.isWorker
    ? new SharedRegistry(() => repository.all().map((model) => model.registry))
    : undefined;
  const registry = shared ?? new Registry();
  const drift = environment.DRIFT_URL === undefined ? undefined : new Downstream({ name: "drift", registry, log });
  const closing: (() => unknown)[] = [() => repository.close(), () => observability.close()];
  try {
    if (shared !== undefined) closing.unshift(answerPrimary(() => shared.own()));
    // Processes that judged a rollout each for itself would go apart; they hold it at its step.
    const intervalSeconds = shared === undefined ? environment.TRAFFIC_INTERVAL_SECONDS : undefined;
    const configured = configuredModels(environment);
    const traffic = await startTraffic({ repository, store, mainName, configured, registry, intervalSeconds, log });
    closing.unshift(() => traffic.close());
    const { router: models } = traffic;
    const isRuled = (name: string) => models.get(name) !== undefined;
    const pollSeconds = environment.MODEL_POLL_SECONDS;
    const aliases = new AliasWatch({ store, repository, configured, isRuled, intervalSeconds: pollSeconds, log });
    closing.unshift(() => aliases.close());
    const api = { models, control, ...security, observer, tracing, log, registry, bodyLimitBytes };
    const server = await createServingApi({ ...api, traffic: traffic.control, explicit });
    const { GRPC_PORT: grpcPort } = environment;
    let grpc: GrpcServer | undefined;
    if (grpcPort !== undefined) {
      const handlers = inferenceHandlers(models, control);
      const listening = { host, port: grpcPort, messageLimitBytes: bodyLimitBytes };
      grpc = await startGrpcServer({ ...listening, ...security, observer, handlers, log });
    }
    closing.unshift(() => Promise.all([server.close(), grpc?.close()]));
    const url = await server.listen({ host, port });
    const close = async () => {
      repository.hurry();
      await closeAll(closing);
    };
    return { url, grpcAddress: grpc?.address, close };
  } catch (error) {
    await closeAll(closing);
    throw error;
  }
}

/** What callers change in one process the others would not know of. */
function checkOneProcess({ WORKERS, MODEL_CONTROL }: Settings): void {
  if (workerCount(WORKERS) === 1 || MODEL_CONTROL !== "explicit") return;
  throw new Error(
    `WORKERS is ${WORKERS} and MODEL_CONTROL is explicit. Allowed: one of them. Set WORKERS=1 and run more replicas, or MODEL_CONTROL=none and change versions by alias.`,
  );
}

/** One after another: each uses those behind it. */
async function closeAll(closing: readonly (() => unknown)[]): Promise<void> {
  for (const close of closing) await close();
}

/** The models that the settings ask for and their versions, the main one first. */
function configuredModels({ MODEL_NAME, MODEL_VERSION, MODELS }: Settings): ReadonlyMap<string, VersionPolicy> {
  const further = MODELS === undefined ? [] : (parseModelList(MODELS) ?? []);
  const listed = further.some(({ name }) => name === MODEL_NAME);
  const main = listed ? [] : [{ name: MODEL_NAME, policy: toPolicy(MODEL_VERSION) }];
  return new Map([...main, ...further].map(({ name, policy }) => [name, policy]));
}
