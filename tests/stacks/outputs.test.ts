import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OUTPUT_NAMES, parseOutputs } from "../../stacks/outputs";
import { describeWithEngine } from "../support/engine";
import { temporaryFolder } from "../support/temporaryFolder";

const ROOT = join(__dirname, "../..");

const outputs = {
  environment: "local",
  servingUrl: "http://127.0.0.1:8080",
  servingGrpcUrl: "127.0.0.1:8090",
  servingDocsUrl: "http://127.0.0.1:8080/docs",
  driftUrl: "http://127.0.0.1:8081",
  driftDocsUrl: "http://127.0.0.1:8081/docs",
  modelName: "breast-cancer",
  modelVersion: "1",
  modelChecksum: "ab",
  modelAccuracy: 0.97,
  modelAuc: 0.99,
  referenceId: "breast-cancer-1",
  modelsUrl: "file:///models",
  databaseUrl: "postgres://postgres@127.0.0.1:5433/postgres",
};

describe("outputs from the command line's JSON", () => {
  test("whole outputs come back typed", () => {
    expect(parseOutputs(JSON.stringify(outputs))).toEqual(outputs);
    expect(Object.keys(outputs)).toEqual(OUTPUT_NAMES);
  });

  test("text that is not JSON says to bring the stack up", () => {
    expect(() => parseOutputs("error: no stack")).toThrow(
      /^The stack's outputs are not JSON \(.*\)\. Bring the stack up first: npm run up\.$/,
    );
  });

  test("every missing or mistyped output is named", () => {
    const { driftUrl: _, ...rest } = outputs;
    expect(() => parseOutputs(JSON.stringify({ ...rest, modelAuc: "high" }))).toThrow(
      "The stack's outputs do not fit. Bring the stack up with this version of Tideline, then read them again.\n" +
        "✖ Invalid input: expected string, received undefined\n  → at driftUrl\n" +
        "✖ Invalid input: expected number, received string\n  → at modelAuc",
    );
  });
});

describeWithEngine("outputs through a stack reference", (engine) => {
  const folder = temporaryFolder();
  const env = {
    ...engine.env,
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_HOME: join(folder, "home"),
  };
  const run = (project: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(engine.pulumi, [...args, "--non-interactive"], {
      cwd: join(folder, project),
      encoding: "utf8",
      env,
    });
    if (status !== 0) throw new Error(stdout + stderr);
    return stdout;
  };

  const write = (name: string, program: string) => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "Pulumi.yaml"), `name: ${name}\nmain: index.ts\nruntime: nodejs\n`);
    writeFileSync(join(folder, name, "package.json"), `{"name": "${name}"}`);
    writeFileSync(join(folder, name, "tsconfig.json"), `{"extends": ${JSON.stringify(join(ROOT, "tsconfig.json"))}}`);
    writeFileSync(join(folder, name, "index.ts"), program);
    symlinkSync(join(ROOT, "node_modules"), join(folder, name, "node_modules"));
    mkdirSync(join(folder, "state"), { recursive: true });
    run(name, "stack", "init", "local");
    run(name, "up", "--yes", "--skip-preview");
  };

  test("an application's program gets each output, and secrets stay secret", () => {
    const { databaseUrl, ...plain } = outputs;
    const secret = `databaseUrl: pulumi.secret(${JSON.stringify(databaseUrl)})`;
    write(
      "tideline",
      `import * as pulumi from "@pulumi/pulumi";\nexport = { ...${JSON.stringify(plain)}, ${secret} };\n`,
    );
    write(
      "application",
      `import * as pulumi from "@pulumi/pulumi";
import { stackOutputs } from ${JSON.stringify(join(ROOT, "stacks/outputs"))};
export = stackOutputs(new pulumi.StackReference("organization/tideline/local"));
`,
    );
    expect(JSON.parse(run("application", "stack", "output", "--json"))).toEqual({
      ...outputs,
      databaseUrl: "[secret]",
    });
    expect(JSON.parse(run("application", "stack", "output", "--json", "--show-secrets"))).toEqual(outputs);
  }, 120_000);
});
