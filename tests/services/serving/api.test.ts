/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import type { RunningService } from "../../../services/runtime/process";
import { servingService } from "../../../services/serving/service";
import { classifierPackage, publishPackage } from "../../support/onnxModels";
import { postJson, startTestServing } from "../../support/serving";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();
const modelPackage = classifierPackage(3);
let service: RunningService;

beforeAll(async () => {
  const OBJECT_STORE_URL = await publishPackage(folder, modelPackage);
  const settings = { DRIFT_URL: "http://127.0.0.1:9", PREDICTION_LOG_URL: OBJECT_STORE_URL };
  service = await startTestServing({ OBJECT_STORE_URL, ...settings });
});
afterAll(() => service.close());

describe("the serving API", () => {
  it("tells the model's card at /model/info", async () => {
    expect(await (await fetch(`${service.url}/model/info`)).json()).toEqual(modelPackage.card);
  });

  it("answers its probes", async () => {
    const { live = "", ready = "" } = servingService.probes ?? {};
    for (const path of [live, ready, "/health"]) expect((await fetch(`${service.url}${path}`)).status).toBe(200);
  });

  it("has every metric that the descriptor names", async () => {
    await postJson(`${service.url}/predict`, { features: [1, 2, 3] });
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    for (const name of servingService.metrics?.names ?? []) expect(metrics).toContain(`# TYPE ${name} `);
    expect(metrics).toContain('model_predictions_total{model="toy",version="1",status="success"} 1\n');
    expect(metrics).toContain('prediction_latency_seconds_count{model="toy",version="1"} 1\n');
    expect(metrics).toContain('prediction_confidence_count{model="toy",version="1"} 1\n');
    expect(metrics).toContain('inference_batch_rows_sum{model="toy",version="1"} 1\n');
    expect(metrics).toContain('nv_inference_request_success{model="toy",version="1"} 1\n');
    expect(metrics).toContain('nv_inference_count{model="toy",version="1"} 1\n');
  });

  it("documents every route, and shows the document as a page", async () => {
    const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { summary?: string; responses: object; requestBody?: object }>>;
    };
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths).sort()).toEqual(
      [
        "/health",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/model/info",
        "/predict",
        "/traffic/{model}",
        "/traffic/{model}/advance",
        "/traffic/{model}/promote",
        "/traffic/{model}/results",
        "/traffic/{model}/rollback",
        "/v2",
        "/v2/health/live",
        "/v2/health/ready",
        "/v2/models/stats",
        "/v2/models/{model}",
        "/v2/models/{model}/infer",
        "/v2/models/{model}/ready",
        "/v2/models/{model}/stats",
        "/v2/models/{model}/versions/{version}",
        "/v2/models/{model}/versions/{version}/infer",
        "/v2/models/{model}/versions/{version}/ready",
        "/v2/models/{model}/versions/{version}/stats",
        "/v2/repository/index",
        "/v2/repository/models/{model}/load",
        "/v2/repository/models/{model}/unload",
      ].sort(),
    );
    for (const operations of Object.values(document.paths)) {
      for (const { summary, responses } of Object.values(operations)) {
        expect(summary).toEqual(expect.any(String));
        expect(Object.keys(responses)).not.toHaveLength(0);
      }
    }
    const predict = document.paths["/predict"]?.post;
    expect(Object.keys(predict?.responses ?? {})).toEqual([
      "200",
      "400",
      "401",
      "404",
      "413",
      "415",
      "422",
      "429",
      "500",
      "503",
      "504",
    ]);
    expect(JSON.stringify(predict?.requestBody)).toContain('"enum":["f0","f1","f2"]');
    const page = await fetch(`${service.url}/docs`);
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  });
});
