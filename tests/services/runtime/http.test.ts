import { connect } from "node:net";
import type { FastifyInstance } from "fastify";
import { Registry } from "prom-client";
import { z } from "zod";
import { ServiceError } from "../../../services/runtime/errors";
import {
  answerDirectly,
  type BareHandler,
  createHttpServer,
  jsonSchema,
  toServiceError,
} from "../../../services/runtime/http";
import { HttpGate } from "../../../services/runtime/httpGate";
import { createLogger } from "../../../services/runtime/logging";
import { eventually } from "../../support/eventually";

let server: FastifyInstance;
let url: string;
let reason: string | undefined;
let release: (() => void) | undefined;

beforeEach(async () => {
  reason = release = undefined;
  server = await createHttpServer({
    title: "Sample",
    description: "A server of the tests.",
    log: createLogger("test", "silent"),
    metrics: new Registry(),
    notReady: () => reason,
    bodyLimitBytes: 100,
  });
  const body = jsonSchema(z.object({ count: z.number().int().min(1) }));
  server.post("/things", { schema: { body } }, async (request) => request.body);
  server.get("/things/:id", async () => {
    throw new ServiceError(404, "thing_not_found", "There is no thing x.", { id: "x" });
  });
  server.get("/busy", async () => {
    throw new ServiceError(503, "busy", "Try again.", { retry_after_seconds: 7 });
  });
  server.get("/broken", async () => {
    throw new Error("the password is 1234");
  });
  server.get("/slow", async () => {
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    return { done: true };
  });
  url = await server.listen({ host: "127.0.0.1", port: 0 });
});
afterEach(() => server.close());

async function call(path: string, init: RequestInit = {}) {
  const response = await fetch(`${url}${path}`, init);
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

/** Connects and hangs up. */
function knock(): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.destroy();
      resolve();
    });
    socket.on("error", reject);
  });
}

const send = (body: string, type = "application/json") =>
  call("/things", { method: "POST", body, headers: { "content-type": type } });

describe("createHttpServer", () => {
  it("answers probes by what the service says of itself", async () => {
    expect((await call("/health")).body).toEqual({ status: "ready" });
    reason = "the model is loading";
    for (const path of ["/health", "/health/ready"]) {
      expect(await call(path)).toMatchObject({ status: 503, body: { status: "not_ready", reason } });
    }
    expect(await call("/health/live")).toMatchObject({ status: 200, body: { status: "live" } });
  });

  it("gives the process's metrics as text", async () => {
    const response = await fetch(`${url}/metrics`);
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(await response.text()).toContain("# TYPE process_cpu_seconds_total counter");
  });

  it("documents its routes", async () => {
    const { body } = await call("/openapi.json");
    expect(body).toMatchObject({ openapi: "3.1.0", info: { title: "Sample", version: "0.1.0" } });
    expect(Object.keys(body.paths as object)).toContain("/things/{id}");
    expect((await fetch(`${url}/docs`)).status).toBe(200);
  });

  it.each([
    ['{"count":1', 400, "invalid_json"],
    ["", 400, "empty_body"],
    ['{"count":0}', 400, "invalid_request"],
    ['{"count":"1"}', 400, "invalid_request"],
    ["{}", 400, "invalid_request"],
    ['{"__proto__":{"count":1}}', 400, "invalid_json"],
    [" ".repeat(101), 413, "body_too_large"],
  ])("answers %j with %i and a code", async (text, status, code) => {
    expect(await send(text)).toMatchObject({ status, body: { error: { code, message: expect.any(String) } } });
  });

  it("names the limit of the body and the content type that it takes", async () => {
    expect((await send(" ".repeat(101))).body.error).toEqual({
      code: "body_too_large",
      message: "The request body is larger than the 100 bytes that this server takes.",
    });
    expect(await send("a=1", "text/csv")).toMatchObject({
      status: 415,
      body: { error: { code: "unsupported_media_type", message: "Send the body as content-type application/json." } },
    });
  });

  it("passes a service's error on, and says when to come back", async () => {
    expect(await call("/things/x")).toMatchObject({
      status: 404,
      body: { error: { code: "thing_not_found", message: "There is no thing x.", details: { id: "x" } } },
    });
    const { status, headers } = await call("/busy");
    expect([status, headers.get("retry-after")]).toEqual([503, "7"]);
  });

  it("tells nothing of an error that it does not know", async () => {
    expect(await call("/broken")).toMatchObject({
      status: 500,
      body: {
        error: {
          code: "internal_error",
          message: "The service failed to answer this request; its log has the cause.",
        },
      },
    });
  });

  it("tells a path that does not exist from a method that it does not take", async () => {
    expect(await call("/nothing?a=1")).toMatchObject({
      status: 404,
      body: { error: { code: "route_not_found", message: "There is no GET /nothing; see /docs." } },
    });
    const { status, headers, body } = await call("/things", { method: "DELETE" });
    expect([status, headers.get("allow"), body]).toEqual([
      405,
      "POST",
      {
        error: {
          code: "method_not_allowed",
          message: "/things does not take DELETE. Allowed: POST.",
          details: { allowed: ["POST"] },
        },
      },
    ]);
  });

  it("answers what is in flight when it closes, closes that connection, and takes no new one", async () => {
    const slow = call("/slow");
    await eventually(() => expect(release).toBeDefined());
    const closing = server.close();
    await eventually(() => expect(knock()).rejects.toMatchObject({ code: "ECONNREFUSED" }));
    release?.();
    const { body, headers } = await slow;
    expect([body, headers.get("connection")]).toEqual([{ done: true }, "close"]);
    await closing;
  });
});

describe("answerDirectly", () => {
  it("takes one method at one path and leaves the rest to fastify", async () => {
    const answer: BareHandler = (_, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end('{"direct":true}');
    };
    const gate = new HttpGate({ trustedHosts: [], corsOrigins: [] });
    answerDirectly(server, { method: "POST", path: "/things", answer, gate });
    expect((await send("no JSON")).body).toEqual({ direct: true });
    const origin = { origin: "https://app.example.com", "content-type": "application/json" };
    expect((await call("/things", { method: "POST", headers: origin })).status).toBe(400);
    expect((await call("/things?a=1", { method: "POST" })).status).toBe(400);
    expect((await call("/things")).status).toBe(405);
    expect((await call("/health")).status).toBe(200);
  });
});

describe("toServiceError", () => {
  it("keeps the status of an error that carries one, and nothing of others", () => {
    const conflict = Object.assign(new Error("Taken."), { statusCode: 409 });
    expect(toServiceError(conflict)).toMatchObject({ status: 409, code: "bad_request", message: "Taken." });
    expect(toServiceError("text")).toMatchObject({ status: 500, code: "internal_error" });
  });
});
