import { homedir } from "node:os";
import { join } from "node:path";
import { writeRecord } from "../../../components/local/runRecord";
import { processStart } from "../../../services/runtime/processIdentity";
import { runCli } from "../../support/cli";
import { describeWithEngine } from "../../support/engine";
import { writeSmallProject } from "../../support/smallProject";
import { temporaryFolder } from "../../support/temporaryFolder";

describeWithEngine("down", () => {
  const folder = temporaryFolder();
  const project = join(folder, "project");
  const home = join(folder, "home");
  const env = {
    XDG_CACHE_HOME: process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
    PULUMI_HOME: join(folder, "pulumi"),
    PULUMI_BACKEND_URL: undefined,
    TIDELINE_HOME: home,
  };

  test("fails when a process of the stack still runs, and says how to end it", async () => {
    writeSmallProject(project);
    writeRecord(home, {
      name: "serving",
      pid: process.pid,
      processStart: processStart(process.pid) ?? "",
      startedAt: new Date().toISOString(),
      port: 1,
      url: "http://127.0.0.1:1",
      logFile: join(home, "logs", "serving.log"),
      health: "/health",
    });
    const { code, stderr } = await runCli(["down"], { cwd: project, env });
    expect(stderr).toBe(
      `The stack is down, but these processes still run: serving (process ${process.pid}). Stop them with: kill ${process.pid}\n`,
    );
    expect(code).toBe(1);
  });
});
