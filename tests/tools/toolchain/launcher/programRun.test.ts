import { pluginInvocation, programInvocation } from "../../../../tools/toolchain/launcher/programRun";

const run = {
  monitorAddress: "127.0.0.1:1",
  engineAddress: "127.0.0.1:2",
  project: "small",
  stack: "local",
  organization: "organization",
  rootDirectory: "/root folder",
  pwd: "/root folder/program",
  entryPoint: "index.ts",
  programArgs: ["--own"],
  parallel: 8,
  dryRun: false,
  config: { "small:colour": "red" },
  configSecretKeys: ["small:token"],
  options: {},
};

const COMMON = ["--monitor", "127.0.0.1:1", "--engine", "127.0.0.1:2", "--organization", "organization"].concat(
  ["--project", "small", "--root-directory", "/root folder", "--stack", "local"],
  ["--pwd", "/root folder/program", "--parallel", "8"],
);

describe("programInvocation", () => {
  test("an update", () => {
    expect(programInvocation("/sdk", run)).toEqual({
      cwd: "/root folder/program",
      args: ["/sdk/cmd/run", ...COMMON, "index.ts", "--own"],
      env: {
        PULUMI_CONFIG: '{"small:colour":"red"}',
        PULUMI_CONFIG_SECRET_KEYS: '["small:token"]',
        PULUMI_NODEJS_TYPESCRIPT: "true",
      },
    });
  });

  test("a preview of a folder's default program, without an organization", () => {
    const { args } = programInvocation("/sdk", {
      ...run,
      dryRun: true,
      entryPoint: "",
      organization: "",
      programArgs: [],
    });
    expect(args).toEqual([
      "/sdk/cmd/run",
      ...COMMON.filter((arg) => arg !== "--organization" && arg !== "organization"),
      "--dry-run",
      ".",
    ]);
  });

  test("the runtime options of Pulumi.yaml", () => {
    const options = {
      nodeargs: " --max-old-space-size=512  --trace-warnings",
      typescript: false,
      tsconfig: "other.json",
    };
    const { args, env } = programInvocation("/sdk", { ...run, options });
    expect(args.slice(0, 3)).toEqual(["--max-old-space-size=512", "--trace-warnings", "/sdk/cmd/run"]);
    expect(env).toMatchObject({ PULUMI_NODEJS_TYPESCRIPT: "false", PULUMI_NODEJS_TSCONFIG_PATH: "other.json" });
  });
});

describe("pluginInvocation", () => {
  const plugin = { kind: "analyzer", pwd: "/project", programDirectory: "/pack", options: {} };

  test("a policy pack runs in its own folder, and gets the engine's address first", () => {
    expect(pluginInvocation("/sdk", { ...plugin, programArgs: ["--logtostderr", "127.0.0.1:2"] })).toEqual({
      cwd: "/pack",
      args: ["/sdk/cmd/run-policy-pack", "127.0.0.1:2", "/pack"],
      env: { PULUMI_NODEJS_TYPESCRIPT: "true" },
    });
  });

  test("another plugin runs in the project's folder, with its arguments behind its own", () => {
    expect(pluginInvocation("/sdk", { ...plugin, kind: "resource", programArgs: ["127.0.0.1:2"] })).toEqual({
      cwd: "/project",
      args: ["/sdk/cmd/run-plugin", "/pack", "127.0.0.1:2"],
      env: { PULUMI_NODEJS_TYPESCRIPT: "true" },
    });
  });
});
