import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type CliOptions, runCli } from "../../support/cli";
import { describeWithEngine } from "../../support/engine";
import { writeSmallProject } from "../../support/smallProject";
import { temporaryFolder } from "../../support/temporaryFolder";

jest.setTimeout(180_000);

/** The pulumi that works on stack local right now. */
function lockHolder(project: string): number {
  const folder = join(project, ".tideline/state/.pulumi/locks/organization/small/local");
  const lock = readdirSync(folder).find((name) => name.endsWith(".json"));
  return JSON.parse(readFileSync(join(folder, lock ?? ""), "utf8")).pid;
}

describeWithEngine("the commands with a small program", () => {
  const folder = temporaryFolder();
  const project = join(folder, "a project");
  const settings = join(project, "Pulumi.local.yaml");
  const env = {
    HOME: folder,
    XDG_CACHE_HOME: process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
    PULUMI_HOME: join(folder, "pulumi home"),
    TIDELINE_HOME: undefined,
    PULUMI_BACKEND_URL: undefined,
    PULUMI_ACCESS_TOKEN: undefined,
    PULUMI_CONFIG_PASSPHRASE: undefined,
    PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
  };
  const run = (line: string, more: NodeJS.ProcessEnv = {}, onStart?: CliOptions["onStart"]) =>
    runCli(line.split(" "), { cwd: project, env: { ...env, ...more }, ...(onStart ? { onStart } : {}) });

  beforeAll(() => {
    writeSmallProject(project);
    // The salt that this repository commits for the empty passphrase.
    const salt = /^encryptionsalt: .*$/m.exec(readFileSync(join(__dirname, "../../../Pulumi.local.yaml"), "utf8"))?.[0];
    writeFileSync(settings, `# kept as it is\n${salt}\n${readFileSync(settings, "utf8")}`);
  });

  test("before the first up there are no outputs, and nothing to take down", async () => {
    expect(await run("outputs")).toEqual({
      code: 1,
      stdout: "",
      stderr: "Stack local has no outputs, because it is not up. Bring it up first: npm run up\n",
    });
    const { code, stdout } = await run("down");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Stack local does not exist, so there was nothing to take down\.\nNothing runs any more\./);
  });

  test("up asks nothing, brings the stack up, prints its addresses, and leaves its settings as they are", async () => {
    const before = readFileSync(settings, "utf8");
    const { code, stdout, stderr } = await run("up");
    expect(stderr).toBe("");
    expect(stdout).toContain("2 created");
    expect(stdout).toContain("\nStack local is up.\n\n  pageUrl  http://127.0.0.1:9/page\n\nNext:\n  npm run example ");
    expect(stdout).not.toContain("warning");
    expect(code).toBe(0);
    expect(readFileSync(settings, "utf8")).toBe(before);
  });

  test("outputs in every format, secrets only on demand", async () => {
    const json = await run("outputs --format json");
    expect(JSON.parse(json.stdout)).toMatchObject({ label: "a red thing", token: "[secret]" });
    const shown = await run("outputs local --format=env --show-secrets");
    expect(shown.stdout.split("\n")).toContain("TIDELINE_TOKEN='it'\\''s hush'");
    const table = await run("outputs");
    expect(table.stdout.split("\n")).toContain("pageUrl        http://127.0.0.1:9/page");
    const unknown = await run("outputs --format jsn");
    expect(unknown).toEqual({
      code: 1,
      stdout: "",
      stderr: 'There is no output format "jsn". Did you mean json? Valid: table, json, env.\n',
    });
  });

  test("pulumi's own flags pass through", async () => {
    writeFileSync(join(project, "other.yaml"), readFileSync(settings, "utf8").replace("red", "green"));
    const preview = await run("preview --config-file other.yaml --policy-pack pack");
    expect(preview.stdout).toContain("1 to update");
    expect(preview.code).toBe(0);
    expect((await run("preview --policy-pack pack")).stdout).toContain("This thing is red.");
  });

  test("a failing program makes up fail, with the way on", async () => {
    const { code, stdout, stderr } = await run("up -c fail=true --config-file other.yaml");
    expect(stdout).toContain("the program was told to fail");
    expect(stderr).toBe(
      "Stack local is not up; the reason is above. Nothing that was made is lost: mend it and run the command again.\n",
    );
    expect(code).toBe(1);
  });

  test("what a killed pulumi left behind, its lock and a half-made resource, does not stop the next up", async () => {
    expect((await run("down")).code).toBe(0);
    writeFileSync(join(project, "slow.yaml"), `${readFileSync(settings, "utf8")}  small:delayMs: 60000\n`);
    const state = join(project, ".tideline/state/.pulumi/stacks/small/local.json");
    let watch: NodeJS.Timeout | undefined;
    const killed = await run("up --config-file slow.yaml", {}, () => {
      watch = setInterval(() => {
        if (!/"type": ?"creating"/.test(readFileSync(state, "utf8"))) return;
        clearInterval(watch);
        process.kill(lockHolder(project), "SIGKILL");
      }, 50);
    });
    clearInterval(watch);
    expect(killed.code).toBe(1);
    const { code, stdout, stderr } = await run("up");
    expect(stderr).toBe("The last run was killed in the middle; setting its state right first ...\n");
    expect(stdout).toContain("1 created");
    expect(stdout).not.toContain("warning");
    expect(code).toBe(0);
  });

  test("an interrupt reaches pulumi once, which stops clean, and up goes on from there", async () => {
    const slow = "up --config-file other.yaml -c fail=false -c delayMs=2000 -c colour=slow";
    const stopped = await run(slow, {}, (child) => {
      const interrupt = (text: Buffer) => {
        if (!text.toString().includes("thing updating")) return;
        child.stdout?.off("data", interrupt);
        // To the whole group, as a terminal or a CI runner does.
        process.kill(-(child.pid ?? 0), "SIGINT");
      };
      child.stdout?.on("data", interrupt);
    });
    expect(stopped.stdout).toContain("error: update canceled");
    expect(stopped.stdout.match(/\^C received/g)).toHaveLength(1);
    expect(stopped.stderr).toBe('Interrupted. "npm run up" goes on from here; "npm run down" removes what was made.\n');
    expect(stopped.code).toBe(130);
    expect((await run("up")).code).toBe(0);
  });

  test("a passphrase of the user's own for stack local is explained", async () => {
    const { code, stderr } = await run("outputs --show-secrets", { PULUMI_CONFIG_PASSPHRASE: "mine" });
    expect(code).toBe(1);
    expect(stderr).toContain(
      "Stack local uses the empty passphrase: unset PULUMI_CONFIG_PASSPHRASE and PULUMI_CONFIG_PASSPHRASE_FILE, and try again.",
    );
  });

  test("a cloud stack gets no defaults, and is told how to choose a backend", async () => {
    expect(await run("preview cloud")).toEqual({
      code: 1,
      stdout: "",
      stderr:
        'Stack cloud keeps its state in a Pulumi backend, and none is chosen. Run "pulumi login" (Pulumi Cloud or a bucket), or set PULUMI_BACKEND_URL, for example to s3://my-bucket, and try again.\n',
    });
    expect((await run("down cloud --purge")).stderr).toBe(
      "--purge removes the data of stack local on this machine; stack cloud has none here.\n",
    );
  });

  test("an unknown stack is refused with the nearest one", async () => {
    expect((await run("up lcal")).stderr).toBe(
      "There is no stack lcal: no Pulumi.lcal.yaml holds its settings. Did you mean local? Valid: cloud, local.\n",
    );
  });

  test("down --purge does not remove what is not its own", async () => {
    expect((await run("down --purge", { TIDELINE_HOME: ".." })).stderr).toBe(
      `--purge would remove ${folder}, which holds ${folder}. Set TIDELINE_HOME to a folder of its own.\n`,
    );
  });

  test("down takes all down, and --purge the data too", async () => {
    const { code, stdout } = await run("down --purge");
    expect(stdout).toContain("2 deleted");
    expect(stdout).toContain(`Nothing runs any more. Removed ${join(project, ".tideline")} with all local state`);
    expect(code).toBe(0);
  });
});
