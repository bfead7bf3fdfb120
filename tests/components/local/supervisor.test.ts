import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRecord, writeRecord } from "../../../components/local/runRecord";
import { isHealthy, lastLines, type ProcessSpec, portProblem, start, stop } from "../../../components/local/supervisor";
import { isRunning, processStart } from "../../../services/runtime/processIdentity";
import { freePort } from "../../support/ports";

/** A service in miniature: answers after READY_MS, and on SIGTERM finishes slow requests unless STUBBORN. */
const PROGRAM = `
const http = require("node:http");
console.log("hello from", process.env.PORT);
if (process.env.CRASH) { console.error("the disk is on fire"); process.exit(3); }
let ready = false;
setTimeout(() => { ready = true; }, Number(process.env.READY_MS ?? 0));
const server = http.createServer((request, response) => {
  if (request.url === "/slow") return setTimeout(() => response.end("done"), 300);
  response.statusCode = ready ? 200 : 503;
  response.end();
}).listen(Number(process.env.PORT), "127.0.0.1");
process.on("SIGTERM", () => { if (!process.env.STUBBORN) server.close(() => process.exit(0)); });
`;

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "tideline-supervisor-"));
  writeFileSync(join(home, "program.cjs"), PROGRAM);
});
afterEach(async () => {
  await stop(home, "sample", 1);
  rmSync(home, { recursive: true, force: true });
});

async function spec(environment: Record<string, string> = {}, more: Partial<ProcessSpec> = {}): Promise<ProcessSpec> {
  const port = await freePort();
  return {
    name: "sample",
    home,
    file: join(home, "program.cjs"),
    environment: { ...environment, PORT: String(port) },
    host: "127.0.0.1",
    port,
    protocol: "http",
    health: "/ready",
    readySeconds: 20,
    drainSeconds: 5,
    ...more,
  };
}

describe("start", () => {
  test("waits until the service is ready, and records what runs", async () => {
    const wanted = await spec({ READY_MS: "200" });
    const record = await start(wanted);
    expect(record).toMatchObject({
      name: "sample",
      port: wanted.port,
      url: `http://127.0.0.1:${wanted.port}`,
      health: "/ready",
    });
    expect((await fetch(`${record.url}/ready`)).status).toBe(200);
    expect(readRecord(home, "sample")).toEqual(record);
    expect(readFileSync(record.logFile, "utf8")).toBe(`hello from ${wanted.port}\n`);
    expect(await isHealthy(home, "sample")).toBe(true);
  });

  test("a service without a health path is ready when it accepts connections", async () => {
    const record = await start(await spec({}, { health: null, protocol: "postgres" }));
    expect(record.url).toBe(`postgres://127.0.0.1:${record.port}`);
  });

  test("a further port must be free, and accept connections before the service is ready", async () => {
    const wanted = await spec();
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((listening) => taken.once("listening", listening));
    const { port } = taken.address() as AddressInfo;
    await expect(start({ ...wanted, furtherPorts: [port] })).rejects.toThrow(
      `The sample service cannot start: port ${port} on 127.0.0.1 is in use by another process. Free it, or choose another port in the stack's configuration.`,
    );
    await new Promise((closed) => taken.close(closed));
    await expect(start({ ...wanted, furtherPorts: [port], readySeconds: 1 })).rejects.toThrow(
      "The sample service did not start: it was not ready within 1 seconds.",
    );
  });

  test("a crash fails with the last log lines and leaves no record", async () => {
    const wanted = await spec({ CRASH: "1" });
    await expect(start(wanted)).rejects.toThrow(
      `The sample service did not start: it exited with code 3. The end of ${home}/logs/sample.log:\n  hello from ${wanted.port}\n  the disk is on fire`,
    );
    expect(readRecord(home, "sample")).toBeUndefined();
  });

  test("a service that never gets ready is ended", async () => {
    const wanted = await spec({ READY_MS: "60000", STUBBORN: "1" }, { readySeconds: 0.5 });
    await expect(start(wanted)).rejects.toThrow(
      "The sample service did not start: it was not ready within 0.5 seconds.",
    );
    expect(await portProblem("127.0.0.1", wanted.port)).toBeUndefined();
  });

  test("a taken port is refused before anything starts", async () => {
    const other: Server = createServer().listen(0, "127.0.0.1");
    await new Promise((listening) => other.once("listening", listening));
    const { port } = other.address() as AddressInfo;
    await expect(start(await spec({}, { port }))).rejects.toThrow(
      `The sample service cannot start: port ${port} on 127.0.0.1 is in use by another process. Free it, or choose another port in the stack's configuration.`,
    );
    expect(existsSync(join(home, "logs"))).toBe(false);
    await new Promise((closed) => other.close(closed));
  });

  test("what an interrupted run left behind is stopped first", async () => {
    const first = await start(await spec());
    const second = await start(await spec());
    expect(isRunning(first)).toBe(false);
    expect(isRunning(second)).toBe(true);
  });
});

describe("stop", () => {
  test("answers requests in flight, then frees the port", async () => {
    const { url, port } = await start(await spec());
    const slow = fetch(`${url}/slow`);
    await fetch(`${url}/ready`);
    await stop(home, "sample", 5);
    expect(await (await slow).text()).toBe("done");
    expect(await portProblem("127.0.0.1", port)).toBeUndefined();
    expect(readRecord(home, "sample")).toBeUndefined();
  });

  test("a service that ignores the request is killed for certain", async () => {
    const record = await start(await spec({ STUBBORN: "1" }));
    await stop(home, "sample", 0.2);
    expect(isRunning(record)).toBe(false);
  });

  test("another process that was given the recorded id is left alone", async () => {
    const bystander = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    const { pid = 0 } = bystander;
    const record = {
      name: "sample",
      pid,
      processStart: "of an earlier boot",
      startedAt: "",
      port: 1,
      url: "",
      logFile: "",
      health: null,
    };
    writeRecord(home, record);
    await stop(home, "sample", 1);
    expect(processStart(pid)).toBeDefined();
    bystander.kill("SIGKILL");
  });

  test("stopping what never ran is no error", async () => {
    await expect(stop(home, "sample", 1)).resolves.toBeUndefined();
  });
});

test("a killed service is not healthy", async () => {
  const record = await start(await spec());
  process.kill(record.pid, "SIGKILL");
  expect(await isHealthy(home, "sample")).toBe(false);
});

test("lastLines cuts long lines", () => {
  const file = join(home, "log");
  writeFileSync(file, `one\ntwo\n${"x".repeat(600)}\n`);
  expect(lastLines(file, 2)).toBe(`  two\n  ${"x".repeat(500)}...`);
});
