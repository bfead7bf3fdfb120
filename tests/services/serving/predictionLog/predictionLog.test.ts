/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { Registry } from "prom-client";
import { PredictionLog } from "../../../../services/serving/predictionLog/predictionLog";
import { eventually } from "../../../support/eventually";
import { classifierPackage, publishPackage } from "../../../support/onnxModels";
import { post, postJson, silentLog, startTestServing } from "../../../support/serving";
import { temporaryFolder } from "../../../support/temporaryFolder";

const folder = temporaryFolder();
const { card } = classifierPackage(3, { pii: ["f1"] });

async function readLog(root: string): Promise<Record<string, unknown>[]> {
  const files = readdirSync(join(root, "predictions"), { recursive: true, encoding: "utf8" });
  expect(files.filter((file) => file.endsWith(".parquet")).length).toBeGreaterThan(0);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    `select * from read_parquet('${root}/predictions/**/*.parquet') order by _time, _request_id`,
  );
  return reader.getRowObjectsJson();
}

it("keeps what a server was asked and answered as Parquet files, personal features left empty", async () => {
  const OBJECT_STORE_URL = await publishPackage(folder, classifierPackage(3, { pii: ["f1"] }));
  const log = { PREDICTION_LOG_URL: `file://${folder}/log`, PREDICTION_LOG_FILE_ROWS: "2" };
  const service = await startTestServing({ OBJECT_STORE_URL, ...log });
  const asked = { features: [0.5, 4242, 2], request_id: "a" };
  const { body } = await postJson<{ prediction: number; probabilities: number[] }>(`${service.url}/predict`, asked);
  const inputs = [{ name: "features", datatype: "FP32", shape: [3, 3], data: [1, 2, 3, 4, 5, 6, 7, 8, 9] }];
  const { status } = await post(`${service.url}/v2/models/toy/infer`, JSON.stringify({ id: "b", inputs }));
  expect(status).toBe(200);
  const counts = async () =>
    (await (await fetch(`${service.url}/metrics`)).text()).match(/^prediction_log_rows_total.*$/gm)?.join("\n");
  await eventually(async () => expect(await counts()).toMatch(/outcome="written".* [1-9]/));
  await service.close();
  const rows = await readLog(join(folder, "log"));
  const mine = rows.find(({ _request_id: id }) => id === "a");
  expect(mine).toEqual({
    ...{ _time: expect.any(String), _request_id: "a", f0: 0.5, f1: null, f2: 2, _label: body.prediction },
    ...{ _probabilities_0: body.probabilities[0], _probabilities_1: body.probabilities[1] },
  });
  const others = rows.filter(({ _request_id: id }) => id === "b");
  // With files of two rows, some come while a file is being written.
  expect(others.length).toBeGreaterThan(0);
  expect(others[0]).toMatchObject({ f0: 1, f1: null, f2: 3 });
});

const PREDICTED = {
  features: [1, 2, 3],
  rows: 1,
  outputs: [{ data: [0n] }, { data: Float32Array.of(1, 0) }] as never,
  firstRow: 0,
  requestId: "",
};

async function outcomes(registry: Registry): Promise<Record<string, number>> {
  const metric = await registry.getSingleMetric("prediction_log_rows_total")?.get();
  return Object.fromEntries((metric?.values ?? []).map(({ labels, value }) => [String(labels.outcome), value]));
}

it("waits for a store that is away with bounded rows, counts those it drops, and goes on when it is back", async () => {
  let away = true;
  const written: Buffer[] = [];
  const store = {
    url: "file:///x",
    write: async (_: string, bytes: Uint8Array) => {
      if (away) throw new Error("Away.");
      written.push(Buffer.from(bytes));
    },
  };
  const registry = new Registry();
  const args = { card, store, sampleRate: 1, fileRows: 10, intervalSeconds: 0.05, registry, log: silentLog };
  const log = new PredictionLog(args);
  for (let row = 0; row < 10; row++) log.offer(PREDICTED);
  // The tenth filled it; the next offer hands it over, and a second file's rows wait.
  for (let row = 0; row < 25; row++) log.offer(PREDICTED);
  expect(await outcomes(registry)).toEqual({ written: 0, dropped: 15 });
  away = false;
  await eventually(async () => expect(await outcomes(registry)).toEqual({ written: 20, dropped: 15 }));
  log.offer(PREDICTED);
  await log.close();
  expect(await outcomes(registry)).toEqual({ written: 21, dropped: 15 });
  expect(written).toHaveLength(3);
});

it("counts what is left when it closes while the store is away", async () => {
  const store = { url: "file:///x", write: () => Promise.reject(new Error("Away.")) };
  const registry = new Registry();
  const log = new PredictionLog({
    ...{ card, store, sampleRate: 1, fileRows: 10, intervalSeconds: 60, registry, log: silentLog },
  });
  for (let row = 0; row < 7; row++) log.offer(PREDICTED);
  await log.close();
  expect(await outcomes(registry)).toEqual({ written: 0, dropped: 7 });
});

it("keeps the share that it is asked for", async () => {
  const store = { url: "file:///x", write: async () => {} };
  const registry = new Registry();
  const log = new PredictionLog({
    ...{ card, store, sampleRate: 0.2, fileRows: 10_000, intervalSeconds: 60, registry, log: silentLog },
  });
  for (let row = 0; row < 5000; row++) log.offer(PREDICTED);
  await log.close();
  const { written = 0 } = await outcomes(registry);
  expect(written).toBeGreaterThan(850);
  expect(written).toBeLessThan(1150);
});
