import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describeWithEngine } from "../../../support/engine";
import { writeSmallProject } from "../../../support/smallProject";
import { temporaryFolder } from "../../../support/temporaryFolder";

jest.setTimeout(180_000);

describeWithEngine("a program under the real engine", (engine) => {
  const folder = temporaryFolder();
  const project = join(folder, "a project");
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(engine.pulumi, [...args, "--non-interactive"], {
      cwd: project,
      encoding: "utf8",
      env: { ...engine.env, PULUMI_BACKEND_URL: `file://${join(folder, "state")}`, PULUMI_HOME: join(folder, "home") },
    });
    return { status, text: stdout + stderr };
  };

  beforeAll(() => {
    mkdirSync(join(folder, "state"));
    writeSmallProject(project);
    expect(run("stack", "init", "local")).toMatchObject({ status: 0 });
  });

  test("up runs the program, shows what it prints, and warns of nothing", () => {
    const { status, text } = run("up", "--yes", "--skip-preview");
    expect(text).toContain("the program says hello");
    expect(text).toContain("2 created");
    expect(text).not.toContain("warning");
    expect(status).toBe(0);
  });

  test("stack output gives the values, those of the dynamic resource and the node arguments included", () => {
    const { text } = run("stack", "output", "--json", "--show-secrets");
    expect(JSON.parse(text)).toEqual({
      label: "a red thing",
      pageUrl: "http://127.0.0.1:9/page",
      token: "it's hush",
      nodeArguments: "--enable-source-maps",
    });
  });

  test("a policy pack stops what it forbids and lets the rest through", () => {
    const refused = run("preview", "--policy-pack", "pack");
    expect(refused.text).toContain("This thing is red.");
    expect(refused.status).not.toBe(0);
    expect(run("config", "set", "colour", "green").status).toBe(0);
    expect(run("preview", "--policy-pack", "pack").status).toBe(0);
  });

  test("an error of the program reaches the screen once, and the update fails", () => {
    expect(run("config", "set", "fail", "true").status).toBe(0);
    const { status, text } = run("up", "--yes", "--skip-preview", "--suppress-progress");
    expect(status).not.toBe(0);
    expect(text.slice(text.indexOf("Diagnostics:")).match(/the program was told to fail/g)).toHaveLength(1);
    expect(run("config", "rm", "fail").status).toBe(0);
  });

  test("refresh and destroy work, and nothing is left", () => {
    expect(run("refresh", "--yes", "--skip-preview").status).toBe(0);
    expect(run("destroy", "--yes", "--skip-preview").text).toContain("2 deleted");
    expect(run("stack", "export").text).not.toContain('"resources"');
  });
});
