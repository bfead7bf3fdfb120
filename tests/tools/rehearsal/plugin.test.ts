import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { installPlugins } from "../../../tools/rehearsal/pluginFolder";
import { describeWithEngine } from "../../support/engine";
import { temporaryFolder } from "../../support/temporaryFolder";

jest.setTimeout(180_000);

const PROGRAM = `
import { RandomId } from "@pulumi/random/randomId";
new RandomId("id", { byteLength: 4 });
`;

describeWithEngine("a simulated plugin that a real operation finds on PATH", (engine) => {
  const folder = temporaryFolder();

  test("refuses to take part, and the real state stays without its resources", () => {
    installPlugins(join(folder, "plugins"));
    mkdirSync(join(folder, "state"));
    const files = {
      "Pulumi.yaml": "name: real\nmain: index.ts\nruntime: nodejs\n",
      "package.json": '{ "name": "real", "version": "0.0.1" }\n',
      "tsconfig.json": '{ "compilerOptions": { "module": "node16", "noCheck": true } }\n',
      "index.ts": PROGRAM,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    symlinkSync(join(__dirname, "../../../node_modules"), join(folder, "node_modules"));
    const env = {
      ...engine.env,
      PATH: [join(folder, "plugins"), engine.env.PATH].join(delimiter),
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // Even when the variable of a rehearsal leaks into the operation.
      TIDELINE_REHEARSAL: join(folder, "rehearsal"),
    };
    const pulumi = (...args: string[]) =>
      spawnSync(engine.pulumi, [...args, "--stack", "dev", "--non-interactive"], {
        cwd: folder,
        env,
        encoding: "utf8",
      });
    expect(spawnSync(engine.pulumi, ["stack", "init", "dev"], { cwd: folder, env }).status).toBe(0);
    const up = pulumi("up", "--yes", "--skip-preview");
    expect(up.status).not.toBe(0);
    expect(up.stdout + up.stderr).toContain(
      "A simulated provider was asked to take part in a real operation, and refuses: nothing that it makes exists.",
    );
    expect(pulumi("stack", "export").stdout).not.toContain("random:index/randomId:RandomId");
  });
});
