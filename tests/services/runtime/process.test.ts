import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "../../support/eventually";
import { temporaryFolder } from "../../support/temporaryFolder";

const root = join(__dirname, "../../..");
const folder = temporaryFolder();
const children: ChildProcess[] = [];
let count = 0;

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Runs a service or job whose start is `body`, in a process of its own. */
function run(kind: "runService" | "runJob", body: string, variables: Record<string, string> = {}) {
  const script = join(folder, `${count++}.ts`);
  writeFileSync(
    script,
    `import { z } from "zod";
     import { defineService } from ${JSON.stringify(join(root, "services/runtime/descriptor"))};
     import { ${kind} } from ${JSON.stringify(join(root, "services/runtime/process"))};
     const descriptor = defineService({ name: "sample", kind: "service", summary: "", ports: {},
       environment: z.object({ LOG_LEVEL: z.string().default("info"), NEEDED: z.string() }), stores: [],
       resources: { requests: { cpu: "1", memory: "1Mi" }, limits: { memory: "1Mi" } }, scaling: [], drainSeconds: 1 });
     const keep = setInterval(() => {}, 1000);
     ${kind}(descriptor, async ({ environment, log }) => { ${body} });`,
  );
  const child = spawn(process.execPath, ["--import", "tsx", script], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_PATH: join(root, "node_modules"), NEEDED: "yes", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const closed = once(child, "close").then(([code]) => code as number | null);
  return {
    child,
    closed,
    output: () => output,
    says: (text: string) => eventually(() => expect(output).toContain(text)),
  };
}

/** The last line of a log, parsed. */
const lastLine = (output: string) => JSON.parse(output.trim().split("\n").at(-1) ?? "");

describe("runService", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "drains on %s, once however often it is told, and exits 0",
    async (signal) => {
      const service = run(
        "runService",
        `return { url: "http://here", close: async () => {
         log.info("closing"); await new Promise((resolve) => setTimeout(resolve, 300)); log.info("closed"); } };`,
      );
      await service.says('"msg":"ready"');
      service.child.kill(signal);
      await service.says('"msg":"closing"');
      service.child.kill("SIGTERM");
      service.child.kill("SIGINT");
      expect(await service.closed).toBe(0);
      expect(service.output().match(/"msg":"closing"/g)).toHaveLength(1);
      expect(service.output()).toContain('"msg":"closed"');
      expect(lastLine(service.output())).toMatchObject({ level: "info", service: "sample", msg: "stopped" });
    },
  );

  it("exits 1 when the drain takes longer than the descriptor allows", async () => {
    const service = run("runService", `return { url: "http://here", close: () => new Promise(() => {}) };`);
    await service.says('"msg":"ready"');
    service.child.kill("SIGTERM");
    expect(await service.closed).toBe(1);
    expect(lastLine(service.output())).toMatchObject({
      level: "error",
      msg: "requests did not drain in time",
      seconds: 1,
    });
  });

  it("exits 1 when closing fails", async () => {
    const service = run(
      "runService",
      `return { url: "http://here", close: async () => { throw new Error("stuck"); } };`,
    );
    await service.says('"msg":"ready"');
    service.child.kill("SIGTERM");
    expect(await service.closed).toBe(1);
    expect(lastLine(service.output())).toMatchObject({ msg: "stop failed", err: { message: "stuck" } });
  });

  it("exits 1 with the reason in its last line when the start fails, whatever is still open", async () => {
    const service = run("runService", `throw new Error("no model: " + environment.NEEDED);`);
    expect(await service.closed).toBe(1);
    expect(lastLine(service.output())).toMatchObject({ level: "fatal", msg: "start failed: no model: yes" });
  });

  it("exits 1 naming every wrong variable", async () => {
    const service = run("runService", `return { url: "", close: async () => {} };`, { NEEDED: "" });
    expect(await service.closed).toBe(1);
    expect(lastLine(service.output()).msg).toBe(
      "The sample service cannot start: 1 environment variable(s) are wrong.\n  NEEDED: not set. Invalid input: expected string, received undefined.",
    );
  });
});

describe("runJob", () => {
  it("prints its result as the last line and exits 0", async () => {
    const job = run("runJob", `clearInterval(keep); log.info("working"); return { rows: 3 };`);
    expect(await job.closed).toBe(0);
    expect(lastLine(job.output())).toEqual({ result: { rows: 3 } });
  });

  it("exits 1 with the reason when the work fails", async () => {
    const job = run("runJob", `throw new Error("no data");`);
    expect(await job.closed).toBe(1);
    expect(lastLine(job.output())).toMatchObject({ level: "fatal", msg: "start failed: no data" });
  });
});
