import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { writeRecord } from "../../../components/local/runRecord";
import { processStart } from "../../../services/runtime/processIdentity";
import { duration, status } from "../../../tools/cli/status";
import { recordingContext } from "../../support/cliContext";
import { freePort } from "../../support/ports";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();

function record(home: string, name: string, change: { pid?: number; url?: string; health?: string | null } = {}): void {
  const pid = change.pid ?? process.pid;
  writeRecord(home, {
    name,
    pid,
    processStart: processStart(pid) ?? "gone",
    startedAt: new Date(Date.now() - 65_000).toISOString(),
    port: 1,
    url: change.url ?? "http://127.0.0.1:1",
    logFile: join(home, "logs", `${name}.log`),
    health: change.health === undefined ? "/health" : change.health,
  });
}

test("without services it says how to start them", async () => {
  const context = recordingContext(folder, join(folder, "empty"));
  expect(await status(context, [])).toBe(0);
  expect(context.printed).toEqual(["No local services. Start them with: npm run up"]);
});

test("it takes no arguments", async () => {
  await expect(status(recordingContext(folder, folder), ["dev"])).rejects.toThrow(
    "status takes no arguments; found dev.",
  );
});

test("it tells running, unhealthy and stopped services apart", async () => {
  const home = join(folder, "home");
  const server = createServer((request, response) => response.writeHead(request.url === "/health" ? 200 : 503).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const dead = spawn(process.execPath, ["-e", ""]);
    await once(dead, "exit");
    const silent = `http://127.0.0.1:${await freePort()}`;
    record(home, "serving", { url: `http://${address}` });
    record(home, "metadata", { url: `postgres://${address}`, health: null });
    const context = recordingContext(folder, home);
    expect(await status(context, [])).toBe(0);
    expect(
      context.printed
        .join("\n")
        .split("\n")
        .map((line) => line.split(/ {2,}/)),
    ).toEqual([
      ["SERVICE", "STATE", "PID", "URL", "UPTIME"],
      ["metadata", "running", String(process.pid), `postgres://${address}`, expect.stringMatching(/^1 min \d+ s$/)],
      ["serving", "running", String(process.pid), `http://${address}`, expect.stringMatching(/^1 min \d+ s$/)],
    ]);

    record(home, "drift", { url: `http://${address}`, health: "/broken" });
    record(home, "mute", { url: silent });
    record(home, "gone", { pid: dead.pid ?? 0, url: silent });
    const second = recordingContext(folder, home);
    expect(await status(second, [])).toBe(1);
    const states = second.printed[0]?.split("\n").map((line) => line.split(/ {2,}/).slice(0, 3));
    expect(states).toEqual([
      ["SERVICE", "STATE", "PID"],
      ["drift", "unhealthy", String(process.pid)],
      ["gone", "stopped", "-"],
      ["metadata", "running", String(process.pid)],
      ["mute", "unhealthy", String(process.pid)],
      ["serving", "running", String(process.pid)],
    ]);
    expect(second.printed[1]).toBe(
      '\nSee why with "npm run logs -- drift"; start again what stopped with "npm run up".',
    );
  } finally {
    server.close();
  }
});

test.each([
  [0, "0 s"],
  [59, "59 s"],
  [60, "1 min 0 s"],
  [3_661, "1 h 1 min"],
  [86_400, "1 d 0 h"],
  [190_000, "2 d 4 h"],
])("%d seconds read %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
