/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { ServiceError } from "../../../../services/runtime/errors";
import { toGrpcError } from "../../../../services/serving/grpc/server";
import type { RunningServing } from "../../../../services/serving/serving";
import { createInferenceClient } from "../../../support/inferenceClient";
import { echoPackage } from "../../../support/inferModels";
import { classifierPackage, publishPackage } from "../../../support/onnxModels";
import { describeWithPython } from "../../../support/python";
import { startTestServing } from "../../../support/serving";
import { temporaryFolder } from "../../../support/temporaryFolder";

describe("errors", () => {
  it.each([
    [400, 3],
    [404, 5],
    [413, 3],
    [429, 8],
    [503, 14],
    [504, 4],
    [500, 13],
    [422, 13],
  ])("HTTP's %i is gRPC's %i", (status, code) => {
    expect(toGrpcError(new ServiceError(status, "c", "m"))).toMatchObject({ code, details: "m" });
  });

  it("say when to try again", () => {
    const error = new ServiceError(503, "queue_full", "m", { retry_after_seconds: 3 });
    expect(toGrpcError(error).metadata.get("retry-after")).toEqual(["3"]);
  });
});

describe("the gRPC server", () => {
  const folder = temporaryFolder();

  it("closes though a caller stays connected, and refuses to start on a port that is taken", async () => {
    const OBJECT_STORE_URL = await publishPackage(folder, classifierPackage(3));
    const service = await startTestServing({ OBJECT_STORE_URL, GRPC_PORT: "0" });
    const address = service.grpcAddress ?? "";
    const client = createInferenceClient(address);
    try {
      expect(await client.call("ServerLive", {})).toEqual({ response: { live: true } });
      const port = address.split(":").at(-1) ?? "";
      await expect(startTestServing({ OBJECT_STORE_URL, GRPC_PORT: port })).rejects.toThrow(
        `gRPC cannot listen on 127.0.0.1:${port}: `,
      );
    } finally {
      await service.close();
      client.close();
    }
  });
});

/** Starts a server for a script of tests/support with published clients; what it gives runs the script. */
function startClients(python: string, script: string): () => Promise<unknown> {
  const folder = temporaryFolder();
  let service: RunningServing;
  beforeAll(async () => {
    const OBJECT_STORE_URL = await publishPackage(folder, echoPackage());
    await publishPackage(folder, classifierPackage(3));
    service = await startTestServing({ OBJECT_STORE_URL, MODELS: "echo", GRPC_PORT: "0" });
  });
  afterAll(() => service.close());
  return async () => {
    const file = join(__dirname, "../../../support", script);
    const args = [file, new URL(service.url).host, service.grpcAddress ?? ""];
    const env = { ...process.env, PYTHONDONTWRITEBYTECODE: "1" };
    const { stdout } = await promisify(execFile)(python, args, { env });
    return JSON.parse(stdout);
  };
}

describeWithPython("NVIDIA's published clients", ["tritonclient[http,grpc]"], (python) => {
  const drive = startClients(python, "triton_clients.py");

  it("are served over HTTP, in JSON and binary, and over gRPC", async () => {
    const refusal = "inputs[0].shape is [1,2]. Allowed: [rows,3] with at least one row.";
    const health = [true, true, true, false];
    const none = { wrong: [] };
    expect(await drive()).toEqual({
      http: {
        health,
        metadata: expect.objectContaining({ name: "toy", versions: ["1"], platform: "onnx_onnxv1" }),
        binary: none,
        json_in: none,
        json_out: none,
        compressed: true,
        refusal,
      },
      grpc: {
        health,
        metadata: expect.objectContaining({ name: "toy", versions: ["1"], platform: "onnx_onnxv1" }),
        raw: none,
        refusal,
      },
    });
  });
});

/** Importing it takes as long as all other tests here together. */
const KSERVE_MS = 180_000;

describeWithPython("KServe's published clients", ["kserve==0.21.0"], (python) => {
  const drive = startClients(python, "kserve_clients.py");

  it(
    "are served over REST, in JSON and binary, and over gRPC",
    async () => {
      const health = [true, true, true];
      expect(await drive()).toEqual({ rest: { health, json: [], binary: [] }, grpc: { health, raw: [] } });
    },
    KSERVE_MS,
  );
});
