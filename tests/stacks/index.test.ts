import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunRecord, readRecord } from "../../components/local/runRecord";
import { portProblem } from "../../components/local/supervisor";
import { isRunning } from "../../services/runtime/processIdentity";
import { type Outputs, parseOutputs } from "../../stacks/outputs";
import { type CliResult, runCli } from "../support/cli";
import { describeWithEngine, type Engine } from "../support/engine";
import { createInferenceClient } from "../support/inferenceClient";
import { freePort } from "../support/ports";

const ROOT = join(__dirname, "../..");
const SERVICES = ["metadata", "drift", "serving"] as const;

/** A stack `local` of its own: folder, ports and state apart from whatever else runs here. */
class LocalStack {
  readonly home = mkdtempSync(join(tmpdir(), "tideline-stack-"));
  readonly configFile = join(this.home, "Pulumi.local.yaml");
  private settings: Record<string, Record<string, number>> = {};

  constructor(private readonly engine: Engine) {}

  async choosePorts(): Promise<void> {
    for (const name of SERVICES) this.settings[name] = { port: await freePort() };
    this.set("serving", { driftIntervalSeconds: 0.5, grpcPort: await freePort() });
  }

  set(service: string, values: Record<string, number>): void {
    this.settings[service] = { ...this.settings[service], ...values };
    const committed = readFileSync(join(ROOT, "Pulumi.local.yaml"), "utf8");
    const lines = Object.entries(this.settings).map(([name, found]) => `  tideline:${name}: ${JSON.stringify(found)}`);
    writeFileSync(this.configFile, `${committed.trimEnd()}\n${lines.join("\n")}\n`);
  }

  /** Runs one of the npm commands, as a user does. */
  async run(...args: string[]): Promise<{ code: CliResult["code"]; output: string; stdout: string }> {
    const env = { ...this.engine.env, TIDELINE_HOME: this.home, PULUMI_BACKEND_URL: "" };
    const { code, stdout, stderr } = await runCli(args, { env });
    return { code, output: stdout + stderr, stdout };
  }

  up() {
    return this.run("up", "local", "--config-file", this.configFile);
  }

  /** What the engine itself recorded of the last update, by kind of step. */
  async lastChanges(): Promise<Record<string, number>> {
    const { stdout } = await this.run("pulumi", "stack", "history", "--json", "--page-size", "1");
    const [last] = JSON.parse(stdout) as { resourceChanges: Record<string, number> }[];
    return last?.resourceChanges ?? {};
  }

  async outputs(): Promise<Outputs> {
    return parseOutputs((await this.run("outputs", "local", "--format", "json")).stdout);
  }

  records(): Record<string, RunRecord> {
    const found = SERVICES.map((name) => [name, readRecord(this.home, name)]);
    return Object.fromEntries(found.filter(([, record]) => record !== undefined));
  }

  port(name: string): number {
    return this.settings[name]?.port ?? -1;
  }
}

async function predict(url: string): Promise<{ prediction: number; model_version: string }> {
  const [, row = ""] = readFileSync(join(ROOT, "services/training/data/breast_cancer_wisconsin.csv"), "utf8").split(
    "\n",
  );
  const features = row.split(",").slice(0, 30).map(Number);
  const response = await fetch(`${url}/predict`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ features }),
  });
  expect(response.status).toBe(200);
  return response.json() as Promise<{ prediction: number; model_version: string }>;
}

describeWithEngine("stack local under the real engine", (engine) => {
  const stack = new LocalStack(engine);
  jest.setTimeout(180_000);
  beforeAll(() => stack.choosePorts());
  afterAll(async () => {
    await stack.run("down", "local", "--config-file", stack.configFile);
    rmSync(stack.home, { recursive: true, force: true });
  });

  test("a taken port fails clearly while planning, and nothing is started", async () => {
    const port = await freePort();
    const other = createServer().listen(port, "127.0.0.1");
    const own = stack.port("serving");
    stack.set("serving", { port });
    const { code, output } = await stack.up();
    await new Promise((closed) => other.close(closed));
    expect(code).toBe(1);
    expect(output).toContain(
      `The serving service cannot start: port ${port} on 127.0.0.1 is in use by another process. Free it, or choose another port in the stack's configuration.`,
    );
    expect(stack.records()).toEqual({});
    stack.set("serving", { port: own });
  });

  test("a service that crashes at its start fails the up with its last log lines", async () => {
    writeFileSync(join(stack.home, "metadata"), "a file where a folder should be");
    const { code, output } = await stack.up();
    expect(code).toBe(1);
    expect(output).toContain("The metadata service did not start: it exited with code 1. The end of");
    expect(stack.records()).toEqual({});
    rmSync(join(stack.home, "metadata"));
  });

  test("up ends with services that serve a trained model", async () => {
    const { code, output } = await stack.up();
    expect(output).toContain(`http://127.0.0.1:${stack.port("serving")}`);
    expect(code).toBe(0);
    const outputs = await stack.outputs();
    expect(outputs.modelAuc).toBeGreaterThan(0.98);
    expect(await predict(outputs.servingUrl)).toMatchObject({ prediction: 0, model_version: outputs.modelVersion });
    const client = createInferenceClient(outputs.servingGrpcUrl);
    expect(await client.call("ServerReady", {})).toEqual({ response: { ready: true } });
    client.close();
  });

  test("the example application predicts, then sees drift", async () => {
    const file = join(stack.home, "outputs.json");
    writeFileSync(file, JSON.stringify(await stack.outputs()));
    const example = spawn(
      process.execPath,
      [require.resolve("tsx/cli"), join(ROOT, "examples/predict-and-watch/main.ts")],
      {
        env: { ...engine.env, TIDELINE_OUTPUTS: file },
      },
    );
    let output = "";
    for (const stream of [example.stdout, example.stderr]) stream.on("data", (chunk) => (output += chunk));
    const code = await new Promise<number | null>((settle) => example.once("close", settle));
    expect(output).toMatch(/Predicted 569 real rows, 9\d\.\d % right\.[\s\S]*drift was noticed after \d+ rows\.\n$/);
    expect(code).toBe(0);
  });

  test("a second up changes nothing", async () => {
    const before = stack.records();
    expect((await stack.up()).code).toBe(0);
    expect(Object.keys(await stack.lastChanges())).toEqual(["same"]);
    expect(stack.records()).toEqual(before);
  });

  test("a changed setting replaces just that service", async () => {
    const before = stack.records();
    stack.set("serving", { maxBatchSize: 8 });
    expect((await stack.up()).code).toBe(0);
    expect(await stack.lastChanges()).toMatchObject({ replace: 1 });
    const after = stack.records();
    expect(after.serving?.pid).not.toBe(before.serving?.pid);
    expect({ ...after, serving: null }).toEqual({ ...before, serving: null });
  });

  test("up brings a killed service back", async () => {
    const { serving } = stack.records();
    if (!serving) throw new Error("The serving service has no run record.");
    process.kill(serving.pid, "SIGKILL");
    expect((await stack.run("status")).output).toMatch(/serving\s+stopped/);
    expect((await stack.up()).code).toBe(0);
    expect(await stack.lastChanges()).toMatchObject({ update: 1 });
    await predict((await stack.outputs()).servingUrl);
  });

  test("down leaves no process and no port; the data survives until --purge", async () => {
    const before = stack.records();
    const { modelChecksum } = await stack.outputs();
    expect((await stack.run("down", "local", "--config-file", stack.configFile)).code).toBe(0);
    for (const record of Object.values(before)) expect(isRunning(record)).toBe(false);
    for (const name of SERVICES) expect(await portProblem("127.0.0.1", stack.port(name))).toBeUndefined();

    expect((await stack.up()).code).toBe(0);
    const { driftUrl, referenceId, ...outputs } = await stack.outputs();
    expect(outputs).toMatchObject({ modelVersion: "1", modelChecksum });
    expect((await fetch(`${driftUrl}/references/${referenceId}`)).status).toBe(200);

    expect((await stack.run("down", "local", "--purge", "--config-file", stack.configFile)).code).toBe(0);
    expect(stack.records()).toEqual({});
  });
});
