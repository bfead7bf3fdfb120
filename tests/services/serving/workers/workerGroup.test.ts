import { eventually } from "../../../support/eventually";
import { classifierPackage, publishPackage } from "../../../support/onnxModels";
import { type ServiceProcess, startServiceProcess } from "../../../support/serviceProcess";
import { postJson } from "../../../support/serving";
import { temporaryFolder } from "../../../support/temporaryFolder";

const folder = temporaryFolder();
let OBJECT_STORE_URL: string;
beforeAll(async () => {
  OBJECT_STORE_URL = await publishPackage(folder, classifierPackage(3));
});

const settings = () => ({ OBJECT_STORE_URL, MODEL_NAME: "toy", WORKERS: "2" });

describe("a group of workers", () => {
  let service: ServiceProcess | undefined;
  afterEach(() => service?.stop("SIGKILL"));

  /** Process ids of the workers that came up so far, in that order. */
  const workerPids = () =>
    [...(service?.output() ?? "").matchAll(/"url":"[^"]+","pid":(\d+),"msg":"ready"/g)].map(([, pid]) => Number(pid));
  const workersOf = (count: number) => eventually(() => expect(workerPids()).toHaveLength(count));
  const predict = async (url: string) => (await postJson(`${url}/predict`, { features: [1, 2, 3] })).status;
  const success = /model_predictions_total\{model="toy",version="1",status="success"\} (\d+)/;

  it("serves behind one port, tells one sum, replaces one that is killed, and drains", async () => {
    service = await startServiceProcess("serving", settings());
    const { url } = service;
    await workersOf(2);
    // Every request is a connection of its own, and connections go in turn.
    const statuses = await Promise.all(Array.from({ length: 40 }, () => predict(url)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    for (let scrape = 0; scrape < 4; scrape++) {
      const text = await (await fetch(`${url}/metrics`)).text();
      expect(success.exec(text)?.[1]).toBe("40");
      expect(text.match(/^# TYPE model_predictions_total counter$/gm)).toHaveLength(1);
      expect(text).toContain("process_resident_memory_bytes");
    }
    const [first = 0] = workerPids();
    process.kill(first, "SIGKILL");
    await workersOf(3);
    expect(service.output()).toContain('"msg":"a worker ended; it is started again"');
    expect(await Promise.all(Array.from({ length: 10 }, () => predict(url)))).toEqual(new Array(10).fill(200));
    const rest = workerPids().slice(1);
    expect(await service.stop()).toBe(0);
    for (const pid of rest) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    expect(service.output()).toContain('"msg":"all workers stopped"');
  });

  it("does not come up when no worker does, or when callers could change one process only", async () => {
    await expect(startServiceProcess("serving", { ...settings(), MODEL_NAME: "absent" })).rejects.toThrow(
      /exited with 1 before it was ready[\s\S]*start failed: There is no version of the model absent[\s\S]*start failed: a worker ended before any was ready/,
    );
    await expect(startServiceProcess("serving", { ...settings(), MODEL_CONTROL: "explicit" })).rejects.toThrow(
      "start failed: WORKERS is 2 and MODEL_CONTROL is explicit. Allowed: one of them. Set WORKERS=1 and run more replicas, or MODEL_CONTROL=none and change versions by alias.",
    );
  });
});
