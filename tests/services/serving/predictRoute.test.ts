/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import { once } from "node:events";
import { connect } from "node:net";
import fc from "fast-check";
import type { RunningService } from "../../../services/runtime/process";
import type { Executor } from "../../../services/serving/executor";
import { createExecutor } from "../../../services/serving/modelExecutor";
import { createInlineRunner } from "../../../services/serving/modelRunner";
import { eventually } from "../../support/eventually";
import { MALFORMED_BODIES } from "../../support/malformedBodies";
import { classifierModel, classifierPackage, publishPackage } from "../../support/onnxModels";
import { post, postJson, startTestServing } from "../../support/serving";
import { temporaryFolder } from "../../support/temporaryFolder";

const WIDTH = 3;
const BODY_LIMIT = 2048;
const folder = temporaryFolder();
let storeUrl: string;
let service: RunningService;
let alone: Executor;

beforeAll(async () => {
  storeUrl = await publishPackage(folder, classifierPackage(WIDTH));
  service = await startTestServing({ OBJECT_STORE_URL: storeUrl, BODY_LIMIT_BYTES: String(BODY_LIMIT) });
  alone = createExecutor(await createInlineRunner(classifierModel(WIDTH)));
});
afterAll(async () => {
  await service.close();
  await alone.close();
});

interface Prediction {
  prediction: number;
  probabilities: number[];
  model_version: string;
  request_id: string;
  drift_detected: boolean;
}

const predict = (body: unknown) => postJson<Prediction>(`${service.url}/predict`, body);

async function predictAlone(features: readonly number[]): Promise<{ prediction: number; probabilities: number[] }> {
  const data = Float32Array.from(features);
  const [label, probabilities] = await alone.run([{ name: "features", datatype: "FP32", shape: [1, WIDTH], data }]);
  return { prediction: Number(label?.data[0]), probabilities: Array.from(probabilities?.data ?? [], Number) };
}

describe("POST /predict refuses with a stable code and the reason", () => {
  afterEach(async () => {
    expect((await predict({ features: [1, 2, 3] })).status).toBe(200);
  });

  it.each(MALFORMED_BODIES)("400 to %j", async (body, code, message) => {
    const { status, headers, text } = await post(`${service.url}/predict`, body);
    expect({ status, type: headers["content-type"], ...JSON.parse(text) }).toEqual({
      status: 400,
      type: "application/json",
      error: { code, message },
    });
  });

  it("400 to bytes that are no UTF-8", async () => {
    const body = Buffer.from('{"features":[1,2,3],"request_id":"\xff"}', "latin1");
    const { status, text } = await post(`${service.url}/predict`, body);
    expect([status, JSON.parse(text).error.message]).toEqual([
      400,
      "The request body is not valid JSON: it is not UTF-8.",
    ]);
  });

  it.each([BODY_LIMIT + 1, BODY_LIMIT * 10, BODY_LIMIT * 40])("413 to a body of %i bytes", async (length) => {
    const body = JSON.stringify({ features: [1, 2, 3] }).padEnd(length, " ");
    for (const headers of [{}, { "transfer-encoding": "chunked" }]) {
      // A sender that is cut off far beyond the limit may see its connection reset before it reads the answer.
      const answer = await post(`${service.url}/predict`, body, headers).catch(
        (error) => error as NodeJS.ErrnoException,
      );
      if (!("status" in answer)) expect(["ECONNRESET", "EPIPE"]).toContain(answer.code);
      else {
        expect([answer.status, JSON.parse(answer.text).error]).toEqual([
          413,
          { code: "body_too_large", message: "The request body is larger than the 2048 bytes that this server takes." },
        ]);
      }
    }
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "application/jsonx"])(
    "415 to the content type %s",
    async (type) => {
      const { status, text } = await post(`${service.url}/predict`, '{"features":[1,2,3]}', { "content-type": type });
      expect([status, JSON.parse(text).error]).toEqual([
        415,
        {
          code: "unsupported_media_type",
          message: `The content-type is "${type}". Allowed: application/json, in UTF-8.`,
        },
      ]);
    },
  );

  it("415 to a compressed body", async () => {
    const { status, text } = await post(`${service.url}/predict`, "x", { "content-encoding": "gzip" });
    expect([status, JSON.parse(text).error.message]).toEqual([
      415,
      'The content-encoding is "gzip". Allowed: identity, that is, no compression.',
    ]);
  });

  it("405 to another method, with the one allowed", async () => {
    const response = await fetch(`${service.url}/predict`);
    expect([response.status, response.headers.get("allow"), await response.json()]).toEqual([
      405,
      "POST",
      {
        error: {
          code: "method_not_allowed",
          message: "/predict does not take GET. Allowed: POST.",
          details: { allowed: ["POST"] },
        },
      },
    ]);
  });

  it("422 to features for which the model has no finite answer", async () => {
    expect(await predict({ features: [3e38, 3e38, -3e38] })).toEqual({
      status: 422,
      body: {
        error: {
          code: "no_finite_answer",
          message: "The model's answer to these features is NaN, not a finite number. Check the features' magnitudes.",
        },
      },
    });
  });

  it("lives on when a caller goes away in the middle of its body", async () => {
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname);
    socket.write("POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{");
    await once(socket, "connect");
    socket.destroy();
  });

  it("counts how requests ended, by status and by code", async () => {
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toMatch(/^model_predictions_total\{model="toy",version="1",status="rejected"\} [1-9]\d+$/m);
    expect(metrics).toMatch(/^model_predictions_total\{model="toy",version="1",status="failed"\} 0$/m);
    expect(metrics).toMatch(/^model_errors_total\{model="toy",version="1",code="invalid_feature_value"\} [1-9]\d*$/m);
  });
});

describe("POST /predict answers", () => {
  it("the class, its probabilities, the version and the caller's id", async () => {
    const features = [1, -2.5, 0.125];
    const { status, body } = await predict({ features, request_id: 'é "quoted"' });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...(await predictAlone(features)),
      model_version: "1",
      request_id: 'é "quoted"',
      drift_detected: false,
    });
  });

  it("with an id of its own when the caller gives none", async () => {
    const ids = await Promise.all([1, 2].map(async () => (await predict({ features: [1, 2, 3] })).body.request_id));
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it.each(["/predict/", "/predict?from=test"])("also at %s", async (path) => {
    expect((await postJson(`${service.url}${path}`, { features: [1, 2, 3] })).status).toBe(200);
  });

  it("each of many concurrent callers with its own row, as alone, in the order of its own names", async () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true });
    const request = fc.record({
      features: fc.array(number, { minLength: WIDTH, maxLength: WIDTH }),
      order: fc.shuffledSubarray([0, 1, 2], { minLength: WIDTH }),
      broken: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
    });
    const property = fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 30 }), async (requests) => {
      await Promise.all(
        requests.map(async ({ features, order, broken }, index) => {
          const sent = order.map((feature) => features[feature]);
          const answer = await predict({
            features: broken ? [...sent, 1] : sent,
            feature_names: order.map((feature) => `f${feature}`),
            request_id: `r${index}`,
          });
          if (broken) return expect(answer.status).toBe(400);
          const expected = await predictAlone(features);
          expect(answer.body).toMatchObject({ prediction: expected.prediction, request_id: `r${index}` });
          for (const [label, probability] of expected.probabilities.entries()) {
            expect(answer.body.probabilities[label]).toBeCloseTo(probability, 6);
          }
        }),
      );
    });
    await fc.assert(property, { numRuns: 30 });
  });
});

describe("POST /predict under overload", () => {
  it("answers 503 queue_full at once to what does not fit, and the rest in full", async () => {
    const small = await startTestServing({
      OBJECT_STORE_URL: storeUrl,
      MAX_QUEUE_SIZE: "4",
      MAX_BATCH_SIZE: "100",
      MAX_BATCH_DELAY_MS: "10000",
    });
    let closing: Promise<void> | undefined;
    try {
      const body = JSON.stringify({ features: [1, 2, 3] });
      let refusals = 0;
      const sending = Array.from({ length: 10 }, async () => {
        const answer = await post(`${small.url}/predict`, body);
        if (answer.status === 503) refusals++;
        return answer;
      });
      await eventually(() => expect(refusals).toBe(6));
      // A drain does not wait for the delay, so the four that were taken are answered now.
      closing = small.close();
      const answers = await Promise.all(sending);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(4);
      for (const { headers, text } of answers.filter(({ status }) => status === 503)) {
        expect(headers["retry-after"]).toBe("1");
        expect(JSON.parse(text).error).toEqual({
          code: "queue_full",
          message: "4 rows already wait for a prediction and 4 may. Try again in a second.",
          details: { retry_after_seconds: 1 },
        });
      }
    } finally {
      await (closing ?? small.close());
    }
  });
});
