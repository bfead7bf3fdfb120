import { join } from "node:path";
import { startDrift } from "../../../../services/drift/drift";
import { driftService } from "../../../../services/drift/service";
import { readEnvironment } from "../../../../services/runtime/environment";
import { createLogger } from "../../../../services/runtime/logging";
import type { RunningService } from "../../../../services/runtime/process";
import { type Answer, callJson } from "../../../support/driftService";
import { normalValues } from "../../../support/driftTables";
import { eventually } from "../../../support/eventually";
import { type ServiceProcess, startServiceProcess } from "../../../support/serviceProcess";
import { temporaryFolder } from "../../../support/temporaryFolder";
import { startWebhookReceiver, type WebhookReceiver } from "../../../support/webhookReceiver";

const folder = temporaryFolder();
let metadata: ServiceProcess;
let receiver: WebhookReceiver;
let replicas: RunningService[] = [];

async function startReplica(): Promise<RunningService> {
  const environment = readEnvironment(driftService, {
    PORT: "0",
    DATABASE_URL: metadata.url,
    MONITOR_POLL_SECONDS: "0.1",
    ALERTMANAGER_URL: receiver.url,
    RETRAIN_URL: `${receiver.url}/retrain`,
  });
  return startDrift({ environment, log: createLogger("drift", "silent") });
}

beforeAll(async () => {
  metadata = await startServiceProcess("metadata", { DATA_DIRECTORY: join(folder, "metadata") });
  receiver = await startWebhookReceiver();
  replicas = [await startReplica(), await startReplica()];
  await call("PUT", "/references/base", { columns: { a: normalValues(400), b: normalValues(400) } });
});
afterAll(async () => {
  for (const replica of replicas) await replica.close();
  await receiver?.close();
  await metadata?.stop();
});

const call = (method: string, path: string, body?: unknown, replica = 0): Promise<Answer> =>
  callJson(method, `${replicas[replica]?.url}${path}`, body);
const shifted = (rows: number, by: number) => ({ columns: { a: normalValues(rows, by), b: normalValues(rows, by) } });
const received = (monitor: string) =>
  receiver.received.filter(({ body }) => (body[0]?.labels.monitor ?? body.monitor_id) === monitor);

describe("monitors", () => {
  it("run on their schedule by themselves, once whatever the number of replicas, on all that came", async () => {
    await call("PUT", "/monitors/timed", { reference_id: "base", every_seconds: 10, alert: false });
    // Given to different replicas, and collected from a comparison.
    await call("POST", "/monitors/timed/data", shifted(60, 0), 0);
    await call("POST", "/monitors/timed/data", shifted(60, 0), 1);
    await call("POST", "/detect-drift", { reference_id: "base", ...shifted(30, 0) }, 1);
    expect((await call("GET", "/monitors/timed")).body.waiting_rows).toBe(150);
    const run = await eventually(async () => {
      const { body } = await call("GET", "/monitors/timed");
      if (body.last_outcome === null) throw new Error("not run yet");
      return body;
    }, 40);
    expect(run).toMatchObject({ waiting_rows: 0, last_message: null });
    const { reports } = (await call("GET", "/reports?monitor=timed")).body;
    expect(reports).toHaveLength(1);
    const report = (await call("GET", `/reports/${run.last_report_id}`, undefined, 1)).body;
    expect(report.report).toMatchObject({ reference_id: "base", current_rows: 150 });
    await call("DELETE", "/monitors/timed");
  });

  it("are claimed by one replica when all are told to run at once, and count every row once", async () => {
    await call("PUT", "/monitors/shared", { reference_id: "base", every_seconds: 3600, collect: false });
    await call("POST", "/monitors/shared/data", shifted(80, 0));
    const answers = await Promise.all(
      [0, 1, 0, 1].map((replica) => call("POST", "/monitors/shared/run", undefined, replica)),
    );
    const judged = answers.filter(({ body }) => body.report_id);
    expect(judged).toHaveLength(1);
    for (const { status, body } of answers)
      expect([200, 409]).toContain(body.error?.code === "monitor_busy" ? status : 200);
    expect((await call("GET", "/reports?monitor=shared")).body.reports).toHaveLength(1);
  });

  it("tell Alertmanager of drift and of its end, and ask for retraining above the score, even if it was away", async () => {
    await call("PUT", "/monitors/alerting", { reference_id: "base", every_seconds: 3600, collect: false });
    await call("POST", "/monitors/alerting/data", shifted(100, 3));
    receiver.status = 503;
    const { body: first } = await call("POST", "/monitors/alerting/run");
    expect(first).toEqual({ outcome: "drift", message: null, report_id: expect.any(String) });
    receiver.status = 200;
    await eventually(() => expect(received("alerting")).toHaveLength(2), 30);
    const [alert, retrain] = ["/api/v2/alerts", "/retrain"].map((path) =>
      received("alerting").find((message) => message.path === `POST ${path}`),
    );
    expect(alert?.contentType).toBe("application/json");
    expect(alert?.body).toEqual([
      {
        labels: { alertname: "DriftDetected", service: "drift", monitor: "alerting", reference: "base" },
        annotations: {
          summary: "Drift (covariate, high) from base: 2 of 2 columns drifted",
          description: expect.stringContaining("2 of 2 tested columns drifted"),
          drift_score: "1",
          features: expect.stringMatching(/^(a, b|b, a)$/),
          report: `/reports/${first.report_id}`,
        },
        endsAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);
    expect(Date.parse(alert?.body[0].endsAt)).toBeGreaterThan(Date.now() + 3600_000);
    expect(retrain?.body).toMatchObject({
      type: "retrain_requested",
      id: first.report_id,
      monitor_id: "alerting",
      reference_id: "base",
      drift_score: 1,
      threshold: 0.8,
    });
    await call("POST", "/monitors/alerting/data", shifted(100, 0));
    await call("POST", "/monitors/alerting/run", undefined, 1);
    await eventually(() => expect(received("alerting")).toHaveLength(3), 30);
    const [over] = received("alerting")[2]?.body ?? [];
    expect(over.annotations.summary).toBe("Drift from base is over");
    expect(over.labels).toEqual(alert?.body[0].labels);
    expect(Date.parse(over.endsAt)).toBeLessThanOrEqual(Date.now());
    expect((await call("GET", "/metrics")).body).toContain("drift_retrain_events_total 1");
  });

  it("say when there is nothing, or too little, to judge, and keep the little", async () => {
    await call("PUT", "/monitors/quiet", { reference_id: "base", collect: false, minimum_rows: 50 });
    expect((await call("POST", "/monitors/quiet/run")).body).toEqual({
      outcome: "no_data",
      message: "No rows came since the last run.",
      report_id: null,
    });
    await call("POST", "/monitors/quiet/data", shifted(30, 0));
    expect((await call("POST", "/monitors/quiet/run")).body).toMatchObject({
      outcome: "not_enough_data",
      message: expect.stringContaining("Send a larger window."),
    });
    expect((await call("GET", "/monitors/quiet")).body).toMatchObject({ waiting_rows: 30, every_seconds: 21_600 });
    await call("POST", "/monitors/quiet/data", shifted(30, 0));
    expect((await call("POST", "/monitors/quiet/run")).body).toMatchObject({ message: null });
    expect((await call("GET", "/monitors/quiet")).body.waiting_rows).toBe(0);
  });
});
