/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import { request as httpRequest } from "node:http";
import type { RunningServing } from "../../../services/serving/serving";
import { eventually } from "../../support/eventually";
import { createInferenceClient } from "../../support/inferenceClient";
import { classifierPackage, publishPackage } from "../../support/onnxModels";
import { postJson, startTestServing } from "../../support/serving";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();
let service: RunningServing;

beforeEach(async () => {
  const OBJECT_STORE_URL = await publishPackage(folder, classifierPackage(3));
  // What waits, waits until the service closes.
  service = await startTestServing({ OBJECT_STORE_URL, MAX_BATCH_DELAY_MS: "10000", GRPC_PORT: "0" });
});
afterEach(() => service.close());

const tensor = { name: "features", datatype: "FP32", shape: [1, 3] };
const inputs = [{ ...tensor, data: [1, 2, 3] }];
const path = "/v2/models/toy/infer";

async function metric(name: string): Promise<string | undefined> {
  const text = await (await fetch(`${service.url}/metrics`)).text();
  return text.split("\n").find((line) => line.startsWith(name));
}
const waiting = (rows: number) =>
  eventually(async () => expect(await metric("inference_queue_rows")).toMatch(new RegExp(` ${rows}$`)));

/** Sends a request and hangs up once it waits. */
async function hangUp(to: string, body: unknown): Promise<void> {
  const sending = httpRequest(`${service.url}${to}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
  });
  sending.on("error", () => {});
  sending.end(JSON.stringify(body));
  await waiting(1);
  sending.destroy();
}

describe("a waiting request", () => {
  it("ends when its timeout has passed, and leaves the queue", async () => {
    const { status, body } = await postJson(`${service.url}${path}`, { inputs, parameters: { timeout: 1500 } });
    expect([status, body]).toEqual([
      504,
      {
        error:
          "The request waited for its batch longer than its timeout of 1.5 ms. Send it again when there is less load, or allow more.",
      },
    ]);
    expect(await metric("inference_queue_rows")).toMatch(/ 0$/);
    expect(await metric("model_errors_total")).toMatch(/deadline_exceeded.* 1$/);
  });

  it("leaves the queue when its caller hangs up", async () => {
    await hangUp(path, { inputs });
    await waiting(0);
    expect(await metric("model_errors_total")).toMatch(/client_closed_request.* 1$/);
  });

  it("leaves the queue when its gRPC caller's deadline passes", async () => {
    const client = createInferenceClient(service.grpcAddress ?? "");
    const fields = { model_name: "toy", inputs: [{ ...tensor, contents: { fp32_contents: [1, 2, 3] } }] };
    const parameters = { timeout: { int64_param: 1500 } };
    expect(await client.call("ModelInfer", { ...fields, parameters })).toMatchObject({
      status: "DEADLINE_EXCEEDED",
      text: expect.stringContaining("its timeout of 1.5 ms"),
    });
    expect(await client.call("ModelInfer", fields, 100)).toMatchObject({ status: "DEADLINE_EXCEEDED" });
    await waiting(0);
    client.close();
  });

  it("of /predict is not run when its caller has hung up by then", async () => {
    await hangUp("/predict", { features: [1, 2, 3] });
    const taken = postJson(`${service.url}/predict`, { features: [1, 2, 3] });
    await waiting(2);
    await service.close();
    expect((await taken).status).toBe(200);
  });
});
