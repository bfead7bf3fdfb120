/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { readEnvironment } from "../../../services/runtime/environment";
import { Access, parseApiKeys } from "../../../services/serving/access";
import { servingService } from "../../../services/serving/service";
import { createInferenceClient } from "../../support/inferenceClient";
import { classifierPackage, publishPackage } from "../../support/onnxModels";
import { post, startTestServing } from "../../support/serving";
import { temporaryFolder } from "../../support/temporaryFolder";

const hash = (key: string) => createHash("sha256").update(key).digest("hex");
const keys = [
  { name: "app", sha256: hash("secret-1") },
  { name: "batch", sha256: hash("secret-2") },
];
const outcome = (work: () => void) => {
  try {
    work();
    return "ok";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("parseApiKeys", () => {
  it("reads names and hashes", () => {
    expect(parseApiKeys(`app:${hash("secret-1")}, batch:${hash("secret-2")}`)).toEqual(keys);
  });

  const one = hash("a");
  it.each([
    "",
    "app",
    "app:",
    "app:secret",
    `:${one}`,
    `a b:${one}`,
    `a:${one},`,
    `a:${one},a:${hash("b")}`,
    `a:${one},b:${one}`,
  ])("refuses %j", (text) => {
    expect(parseApiKeys(text)).toBeUndefined();
  });

  it("is held to by the service's environment", () => {
    const variables = { OBJECT_STORE_URL: "file:///x", API_KEYS: "app:plain-key" };
    expect(() => readEnvironment(servingService, variables)).toThrow(/API_KEYS: found .* Allowed: NAME:SHA256/);
  });
});

describe("Access", () => {
  it("lets everyone in when there are no keys and no limit", () => {
    expect(outcome(() => new Access({ keys: [], ratePerSecond: undefined }).admit("predict", {}))).toBe("ok");
  });

  it.each([
    [{ authorization: "Bearer secret-1" }, "ok"],
    [{ authorization: "bearer  secret-2" }, "ok"],
    [{ "x-api-key": "secret-1" }, "ok"],
    [{}, "unauthenticated"],
    [{ authorization: "Basic secret-1" }, "unauthenticated"],
    [{ authorization: "Bearer " }, "unauthenticated"],
    [{ authorization: "Bearer secret-3" }, "unauthenticated"],
    [{ authorization: `Bearer ${hash("secret-1")}` }, "unauthenticated"],
    [{ "x-api-key": "" }, "unauthenticated"],
    [{ "x-api-key": ["secret-1", "secret-2"] }, "unauthenticated"],
  ])("knows %j: %s", (credentials, expected) => {
    expect(outcome(() => new Access({ keys, ratePerSecond: undefined }).admit("predict", credentials))).toBe(expected);
  });

  it("gives each key its own allowance, which fills with time", () => {
    let time = 0;
    const access = new Access({ keys, ratePerSecond: 2, now: () => time });
    const ask = (key: string) => outcome(() => access.admit("predict", { "x-api-key": key }));
    expect([ask("secret-1"), ask("secret-1"), ask("secret-1"), ask("secret-2")]).toEqual([
      "ok",
      "ok",
      "rate_limited",
      "ok",
    ]);
    time = 499;
    expect(ask("secret-1")).toBe("rate_limited");
    time = 500;
    expect([ask("secret-1"), ask("secret-1")]).toEqual(["ok", "rate_limited"]);
    time = 60_000;
    expect([ask("secret-1"), ask("secret-1"), ask("secret-1")]).toEqual(["ok", "ok", "rate_limited"]);
    expect(() => access.admit("predict", { "x-api-key": "secret-1" })).toThrow(
      "More than 2 requests a second came from the API key app. Try again in 1 s.",
    );
  });

  it("never lets more through in any stretch of time than the rate and what may come at once", () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(pauses, fc.double({ min: 0.1, max: 20, noNaN: true }), (gaps, rate) => {
        let time = 0;
        const access = new Access({ keys: [], ratePerSecond: rate, now: () => time });
        const passed: number[] = [];
        for (const gap of gaps) {
          time += gap;
          if (outcome(() => access.admit("predict", {})) === "ok") passed.push(time);
        }
        for (const [first, from] of passed.entries()) {
          for (const [last, to] of passed.entries()) {
            const most = Math.max(rate, 1) + ((to - from) / 1000) * rate;
            if (last >= first) expect(last - first + 1).toBeLessThanOrEqual(most + 1e-6);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("a server with API keys", () => {
  const folder = temporaryFolder();
  const key = { "x-api-key": "secret-1" };

  it("asks for them on every route but the probes, the metrics and the documents, over HTTP and gRPC", async () => {
    const OBJECT_STORE_URL = await publishPackage(folder, classifierPackage(3));
    const API_KEYS = keys.map(({ name, sha256 }) => `${name}:${sha256}`).join();
    const service = await startTestServing({ OBJECT_STORE_URL, API_KEYS, GRPC_PORT: "0" });
    const client = createInferenceClient(service.grpcAddress ?? "");
    try {
      const features = JSON.stringify({ features: [1, 2, 3] });
      for (const path of ["/predict", "/predict/", "/v2/models/toy/infer", "/v2/repository/index"]) {
        const refused = await post(`${service.url}${path}`, features);
        expect([path, refused.status, refused.headers["www-authenticate"]]).toEqual([path, 401, "Bearer"]);
        expect((await post(`${service.url}${path}`, features, key)).status).not.toBe(401);
      }
      expect(JSON.parse((await post(`${service.url}/predict`, features)).text).error.code).toBe("unauthenticated");
      expect((await post(`${service.url}/predict`, features, key)).status).toBe(200);
      for (const path of ["/v2", "/v2/models/toy", "/v2/models/toy/ready", "/v2/models/stats", "/model/info"]) {
        expect([path, (await fetch(`${service.url}${path}`)).status]).toEqual([path, 401]);
        expect([path, (await fetch(`${service.url}${path}`, { headers: key })).status]).toEqual([path, 200]);
      }
      for (const path of [
        "/health",
        "/health/live",
        "/v2/health/live",
        "/v2/health/ready",
        "/metrics",
        "/openapi.json",
      ]) {
        expect([path, (await fetch(`${service.url}${path}`)).status]).toEqual([path, 200]);
      }
      expect(await client.call("ServerReady", {})).toEqual({ response: { ready: true } });
      expect(await client.call("ModelReady", { name: "toy" })).toMatchObject({
        status: "UNAUTHENTICATED",
        text: "The request does not say who sends it. Send an API key as Authorization: Bearer KEY or X-Api-Key: KEY.",
      });
      expect(await client.call("ModelReady", { name: "toy" }, undefined, key)).toEqual({ response: { ready: true } });
    } finally {
      client.close();
      await service.close();
    }
  });

  it("limits the rate, and says when to come back", async () => {
    const OBJECT_STORE_URL = await publishPackage(folder, classifierPackage(3));
    const service = await startTestServing({ OBJECT_STORE_URL, RATE_LIMIT_PER_SECOND: "0.001", GRPC_PORT: "0" });
    const client = createInferenceClient(service.grpcAddress ?? "");
    try {
      const features = JSON.stringify({ features: [1, 2, 3] });
      expect((await post(`${service.url}/predict`, features)).status).toBe(200);
      const { status, headers, text } = await post(`${service.url}/predict`, features);
      expect([status, JSON.parse(text).error.code]).toEqual([429, "rate_limited"]);
      expect(Number(headers["retry-after"])).toBeGreaterThan(900);
      expect((await fetch(`${service.url}/v2`)).status).toBe(429);
      expect(await client.call("ModelReady", { name: "toy" })).toMatchObject({ status: "RESOURCE_EXHAUSTED" });
      expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    } finally {
      client.close();
      await service.close();
    }
  });
});
