import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../../support/cli";
import { describeWithEngine } from "../../support/engine";
import { writeSmallProject } from "../../support/smallProject";
import { temporaryFolder } from "../../support/temporaryFolder";

describeWithEngine("pulumi's own commands", ({ env }) => {
  const project = join(temporaryFolder(), "project");
  const run = (...args: string[]) =>
    runCli(["pulumi", ...args], { cwd: project, env: { ...env, PULUMI_BACKEND_URL: "" } });

  test("work on stack local, with the state of the other commands", async () => {
    writeSmallProject(project);
    expect(await run("stack", "init", "local")).toMatchObject({ code: 0 });
    expect(await run("config", "set", "colour", "green")).toMatchObject({ code: 0 });
    expect(readFileSync(join(project, "Pulumi.local.yaml"), "utf8")).toContain("small:colour: green");
    expect(await run("config", "get", "nothing")).toMatchObject({ code: 1 });
  }, 120_000);
});
