import { join } from "node:path";
import { buildSync } from "esbuild";
import { bundleService, writeBundle } from "../../../components/local/bundle";
import type { Material } from "./material";
import { type BenchServer, startServer } from "./process";
import type { PeerPython } from "./python";
import type { PeerName } from "./report";

/** A server that is up, and the paths of it that may be measured; the fastest counts. */
export interface Contender {
  readonly name: "ours" | PeerName;
  readonly description: string;
  readonly server: BenchServer;
  readonly paths: readonly [string, ...string[]];
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
