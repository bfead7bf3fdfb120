import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { bundleService, writeBundle } from "../../../components/local/bundle";
import type { Material } from "./material";
import { type BenchServer, freePort, startServer } from "./process";
import type { PeerPython } from "./python";
import type { PeerName } from "./report";

/** A server that is up, and the paths of it that may be measured; the fastest counts. */
export interface Contender {
  readonly name: "ours" | PeerName;
  readonly description: string;
  readonly server: BenchServer;
  readonly paths: readonly [string, ...string[]];
  /** Whether it speaks the Open Inference Protocol rather than our /predict. @default false */
  readonly inference?: boolean;
}

/** The project's folder. */
export const ROOT = join(__dirname, "..", "..", "..");

/** Our serving service, bundled and run as the local deployer does it, without a drift service. */
export async function startOurs(
  root: string,
  { storeUrl }: Pick<Material, "storeUrl">,
  settings: Readonly<Record<string, string>> = {},
): Promise<Contender> {
  const file = writeBundle(root, "serving", bundleService(root, "serving"));
  const server = await startServer({
    name: "ours",
    command: () => [process.execPath, "--enable-source-maps", file],
    environment: (port) => ({
      ...{ PORT: String(port), OBJECT_STORE_URL: storeUrl, MODEL_NAME: "breast-cancer" },
      ...settings,
    }),
    readyPath: "/health/ready",
  });
  return {
    name: "ours",
    description: `services/serving on Node ${process.version}, default settings, no drift service`,
    server,
    paths: ["/predict"],
  };
}

/** The bare node:http echo, compiled into `folder`. */
export async function startBareHttp(folder: string): Promise<Contender> {
  const outfile = join(folder, "bareEcho.cjs");
  const entry = join(__dirname, "peers", "bareEcho.ts");
  buildSync({ entryPoints: [entry], outfile, bundle: true, platform: "node", target: "node20", format: "cjs" });
  const server = await startServer({
    name: "bare_http",
    command: (port) => [process.execPath, outfile, String(port)],
    readyPath: "/",
  });
  return {
    name: "bare_http",
    description: `node:http on Node ${process.version} that parses the body and answers it as JSON`,
    server,
    paths: ["/predict"],
  };
}

/** FastAPI with one of the two model runtimes, one uvicorn worker; `def` and `async def` routes are both offered. */
export async function startFastApi(
  runtime: "onnxruntime" | "sklearn",
  { python, versions }: PeerPython,
  { onnxFile, coefficientsFile }: Material,
): Promise<Contender> {
  const name = `fastapi_${runtime}` as const;
  const server = await startServer({
    name,
    command: (port) => [
      ...([python, "-m", "uvicorn", `${name}:app`, "--app-dir", join(__dirname, "peers")] as const),
      ...["--port", String(port), "--workers", "1", "--no-access-log", "--log-level", "warning"],
    ],
    environment: () => ({
      MODEL: runtime === "onnxruntime" ? onnxFile : coefficientsFile,
      OMP_NUM_THREADS: "1",
      PYTHONDONTWRITEBYTECODE: "1",
    }),
    readyPath: "/health",
  });
  const library = runtime === "onnxruntime" ? "onnxruntime" : "scikit-learn";
  const parts = ["fastapi", "uvicorn", library].map((part) => `${part} ${versions[part]}`).join(", ");
  const description = `${parts} on Python ${versions.python}, one worker`;
  return { name, description, server, paths: ["/async", "/threaded"] };
}

/** BentoML with onnxruntime, one worker. */
export async function startBentoMl({ python, versions }: PeerPython, { onnxFile }: Material): Promise<Contender> {
  const folder = join(__dirname, "peers");
  const server = await startServer({
    name: "bentoml",
    command: (port) => [
      ...([python, "-m", "bentoml", "serve", "bentoml_service:Predictor", "--working-dir", folder] as const),
      ...["--port", String(port), "--host", "127.0.0.1"],
    ],
    environment: () => ({ ...pythonEnvironment(onnxFile), BENTOML_DO_NOT_TRACK: "True" }),
    readyPath: "/readyz",
  });
  const parts = `bentoml ${versions.bentoml}, onnxruntime ${versions.onnxruntime} on Python ${versions.python}`;
  return { name: "bentoml", description: `${parts}, one worker`, server, paths: ["/predict"] };
}

/** MLServer over REST with onnxruntime, in one process. */
export async function startMlServer(
  folder: string,
  { python, versions }: PeerPython,
  { onnxFile }: Material,
): Promise<Contender> {
  const models = mkdtempSync(join(folder, "mlserver-"));
  const settings = { name: "breast-cancer", implementation: "mlserver_model.OnnxModel" };
  writeFileSync(join(models, "model-settings.json"), JSON.stringify(settings));
  const [grpcPort, metricsPort] = [await freePort(), await freePort()];
  const server = await startServer({
    name: "mlserver",
    command: () => [python, "-c", "from mlserver.cli import main; main()", "start", models],
    environment: (port) => ({
      ...pythonEnvironment(onnxFile),
      PYTHONPATH: join(__dirname, "peers"),
      MLSERVER_HOST: "127.0.0.1",
      MLSERVER_HTTP_PORT: String(port),
      MLSERVER_GRPC_PORT: String(grpcPort),
      MLSERVER_METRICS_PORT: String(metricsPort),
      MLSERVER_PARALLEL_WORKERS: "0",
      MLSERVER_DEBUG: "false",
    }),
    readyPath: "/v2/models/breast-cancer/ready",
  });
  const parts = `mlserver ${versions.mlserver}, onnxruntime ${versions.onnxruntime} on Python ${versions.python}`;
  const paths = ["/v2/models/breast-cancer/infer"] as const;
  return { name: "mlserver", description: `${parts}, REST, one process`, server, paths, inference: true };
}

function pythonEnvironment(onnxFile: string): Record<string, string> {
  return { MODEL: onnxFile, OMP_NUM_THREADS: "1", PYTHONDONTWRITEBYTECODE: "1" };
}
