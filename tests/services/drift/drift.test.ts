import { join } from "node:path";
import { callJson } from "../../support/driftService";
import { type ServiceProcess, startServiceProcess } from "../../support/serviceProcess";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();
const wave = (length: number, shift = 0) => Array.from({ length }, (_, i) => Math.sin(i * 12.9898) * 43.7 + shift);

/** Asks until the answer is this one. */
async function until(url: string, status: number): Promise<unknown> {
  for (;;) {
    const answer = await callJson("GET", url);
    if (answer.status === status) return answer.body;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe("the life of a drift service", () => {
  const database = { DATA_DIRECTORY: join(folder, "metadata") };
  let metadata: ServiceProcess;
  beforeAll(async () => {
    metadata = await startServiceProcess("metadata", database);
  });
  afterAll(() => metadata.stop());
  const startDrift = () => startServiceProcess("drift", { DATABASE_URL: metadata.url });

  it("keeps references over restarts, and replicas see each other's", async () => {
    const first = await startDrift();
    await callJson("PUT", `${first.url}/references/kept`, { columns: { a: wave(300), b: wave(300) } });
    const request = { reference_id: "kept", columns: { a: wave(200, 9), b: wave(200) } };
    const before = await callJson("POST", `${first.url}/detect-drift`, request);
    expect(await first.stop("SIGKILL")).toBeNull();

    const [second, third] = await Promise.all([startDrift(), startDrift()]);
    for (const replica of [second, third]) {
      expect(await callJson("POST", `${replica.url}/detect-drift`, request)).toEqual(before);
    }
    // Both replicas now hold it in memory; what one replaces the other must not answer from there.
    await callJson("PUT", `${second.url}/references/kept?replace=true`, {
      columns: { a: wave(300, 900), b: wave(300, 900) },
    });
    const after = await callJson("POST", `${third.url}/detect-drift`, request);
    expect(after.body).toMatchObject({ drift_detected: true, drift_score: 1 });
    await callJson("DELETE", `${second.url}/references/kept`);
    expect((await callJson("POST", `${third.url}/detect-drift`, request)).status).toBe(404);
    expect(await Promise.all([second.stop(), third.stop()])).toEqual([0, 0]);
  });

  it("answers many at once, each with its own verdict", async () => {
    const drift = await startDrift();
    const ids = Array.from({ length: 8 }, (_, i) => i);
    await Promise.all(
      ids.map((i) => callJson("PUT", `${drift.url}/references/many-${i}`, { columns: { x: wave(200, i * 1000) } })),
    );
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, k) => {
        const [reference, shift] = [k % 8, Math.floor(k / 8)];
        const request = { reference_id: `many-${reference}`, columns: { x: wave(200, shift * 1000) } };
        return callJson("POST", `${drift.url}/detect-drift`, request);
      }),
    );
    answers.forEach(({ body }, k) => {
      expect(body).toMatchObject({ reference_id: `many-${k % 8}`, drift_detected: k % 8 !== Math.floor(k / 8) });
    });
    await drift.stop();
  });

  it("is not ready while the database is away, says so, and recovers", async () => {
    const drift = await startDrift();
    expect(await until(`${drift.url}/health/ready`, 200)).toEqual({ status: "ready" });
    const { port } = new URL(metadata.url);
    await metadata.stop("SIGKILL");
    expect(await until(`${drift.url}/health/ready`, 503)).toEqual({
      status: "not_ready",
      reason: expect.stringContaining("the database does not answer: "),
    });
    expect(await callJson("GET", `${drift.url}/health/live`)).toEqual({ status: 200, body: { status: "live" } });
    expect(await callJson("GET", `${drift.url}/references`)).toEqual({
      status: 503,
      body: {
        error: {
          code: "database_unavailable",
          message: "The metadata database cannot be reached now. Try again later.",
        },
      },
    });
    metadata = await startServiceProcess("metadata", { ...database, PORT: port });
    await until(`${drift.url}/health/ready`, 200);
    expect((await callJson("GET", `${drift.url}/references`)).status).toBe(200);
    expect(await drift.stop()).toBe(0);
  });

  it("refuses to start without a database, naming what to do", async () => {
    const unreachable = { DATABASE_URL: "postgres://postgres@127.0.0.1:1/postgres", DATABASE_WAIT_SECONDS: "0" };
    await expect(startServiceProcess("drift", unreachable)).rejects.toThrow(
      "The database at 127.0.0.1:1 did not answer within 0 s: connect ECONNREFUSED 127.0.0.1:1. Start it, or correct DATABASE_URL.",
    );
    await expect(startServiceProcess("drift", { DATABASE_URL: "mysql://x" })).rejects.toThrow("DATABASE_URL: found");
  });
});
