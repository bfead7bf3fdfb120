/** @jest-environment ./tests/support/nativeArraysEnvironment.js */

import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { type DriftServer, driftReport, startDriftServer } from "../../support/driftServer";
import { eventually } from "../../support/eventually";
import { classifierPackage, publishPackage } from "../../support/onnxModels";
import { type ServiceProcess, startServiceProcess } from "../../support/serviceProcess";
import { postJson, startTestServing } from "../../support/serving";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();
let storeUrl: string;
beforeAll(async () => {
  storeUrl = await publishPackage(folder, classifierPackage(3));
});

/** Rejects with ECONNREFUSED once nothing listens at the URL. */
function knock(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.destroy();
      resolve();
    });
    socket.on("error", reject);
  });
}

describe("the serving process", () => {
  let service: ServiceProcess | undefined;
  afterEach(() => service?.stop("SIGKILL"));

  it("answers what is in flight on SIGTERM, refuses new connections meanwhile, and exits 0", async () => {
    service = await startServiceProcess("serving", {
      OBJECT_STORE_URL: storeUrl,
      MODEL_NAME: "toy",
      MAX_BATCH_DELAY_MS: "10000",
    });
    const { url, pid } = service;
    const predictions = Array.from({ length: 8 }, (_, index) =>
      postJson(`${url}/predict`, { features: [index, 0, 1], request_id: `r${index}` }),
    );
    await eventually(async () => {
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toContain('inference_queue_rows{model="toy",version="1"} 8\n');
    });
    process.kill(pid, "SIGTERM");
    await eventually(() => expect(knock(url)).rejects.toMatchObject({ code: "ECONNREFUSED" }));
    const answers = await Promise.all(predictions);
    expect(answers.map(({ status, body }) => [status, body.request_id])).toEqual(
      answers.map((_, index) => [200, `r${index}`]),
    );
    expect(await service.stop()).toBe(0);
    expect(service.output()).toContain('"msg":"stopped"');
  });

  it("exits 1 and says why when the model is damaged", async () => {
    const damaged = join(folder, "damaged");
    const url = await publishPackage(damaged, classifierPackage(3));
    await writeFile(join(damaged, "toy/1/model.onnx"), "damaged");
    await expect(startServiceProcess("serving", { OBJECT_STORE_URL: url, MODEL_NAME: "toy" })).rejects.toThrow(
      /exited with 1 before it was ready\.\n.*start failed: toy\/1\/model\.onnx in file:.* is damaged: its SHA-256 is [0-9a-f]{64}, the card says [0-9a-f]{64}\. Publish the version again\./s,
    );
  });
});

function predictBytes(id: string): string {
  const body = JSON.stringify({ features: [1, 2, 3], request_id: id });
  return `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

describe("startServing", () => {
  let drift: DriftServer;
  beforeEach(async () => {
    drift = await startDriftServer();
  });
  afterEach(() => drift.close());

  it("samples what both prediction routes see and tells the verdict in every prediction", async () => {
    drift.answer = () => ({ status: 200, body: driftReport(true) });
    const service = await startTestServing({
      OBJECT_STORE_URL: storeUrl,
      DRIFT_URL: drift.url,
      DRIFT_WINDOW_ROWS: "3",
      DRIFT_INTERVAL_SECONDS: "0.05",
    });
    try {
      const predict = () => postJson(`${service.url}/predict`, { features: [1, 2, 3] });
      expect((await predict()).body.drift_detected).toBe(false);
      const input = { name: "features", datatype: "FP32", shape: [2, 3], data: [4, 5, 6, 7, 8, 9] };
      expect((await postJson(`${service.url}/v2/models/toy/infer`, { inputs: [input] })).status).toBe(200);
      await eventually(async () => expect((await predict()).body.drift_detected).toBe(true));
      const [register, window] = drift.requests;
      expect(register).toEqual({
        method: "PUT",
        path: "/references/toy-1",
        body: { columns: { f0: [0, 1], f1: [1, 2], f2: [2, 3] } },
      });
      expect(Object.keys(window?.body.columns ?? {})).toEqual(["f0", "f1", "f2"]);
    } finally {
      await service.close();
    }
  });

  it("predicts all the same when the drift service is down", async () => {
    await drift.close();
    const service = await startTestServing({
      OBJECT_STORE_URL: storeUrl,
      DRIFT_URL: drift.url,
      DRIFT_WINDOW_ROWS: "1",
      DRIFT_INTERVAL_SECONDS: "0.05",
    });
    try {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => postJson(`${service.url}/predict`, { features: [1, 2, 3] })),
      );
      expect(answers.every(({ status, body }) => status === 200 && body.drift_detected === false)).toBe(true);
    } finally {
      await service.close();
    }
  });

  it("answers what is in flight, says that the connection closes, and does not wait for its caller to hang up", async () => {
    const service = await startTestServing({ OBJECT_STORE_URL: storeUrl, MAX_BATCH_DELAY_MS: "10000" });
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname);
    let text = "";
    socket.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
    });
    const ended = once(socket, "end");
    socket.write(predictBytes("first"));
    await eventually(async () => {
      expect(await (await fetch(`${service.url}/metrics`)).text()).toContain('queue_rows{model="toy",version="1"} 1\n');
    });
    const closing = service.close();
    await closing;
    await ended;
    expect(text.match(/HTTP\/1.1 200 OK/g)).toHaveLength(1);
    expect(text).toContain("Connection: close");
    expect(text).toContain('"request_id":"first"');
    await expect(knock(service.url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("gives everything back when its port is taken", async () => {
    const service = await startTestServing({ OBJECT_STORE_URL: storeUrl });
    try {
      const { port } = new URL(service.url);
      const second = startTestServing({ OBJECT_STORE_URL: storeUrl, PORT: port, DRIFT_URL: drift.url });
      await expect(second).rejects.toMatchObject({ code: "EADDRINUSE" });
    } finally {
      await service.close();
    }
  });
});
