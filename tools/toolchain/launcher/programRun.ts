import { join } from "node:path";

/** What a process is started with: its folder, node's arguments and the variables added to the environment. */
export interface NodeInvocation {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The fields of a LanguageRuntime RunRequest that a run needs. */
export interface ProgramRun {
  readonly monitorAddress: string;
  readonly engineAddress: string;
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly rootDirectory: string;
  readonly pwd: string;
  readonly entryPoint: string;
  readonly programArgs: readonly string[];
  /** Greatest number of resource operations at once. */
  readonly parallel: number;
  readonly dryRun: boolean;
  readonly config: Readonly<Record<string, string>>;
  readonly configSecretKeys: readonly string[];
  readonly options: RuntimeOptions;
}

/** `runtime.options` of Pulumi.yaml, as far as this launcher knows them. */
export interface RuntimeOptions {
  /** Arguments for node itself, such as `--max-old-space-size=4096`, separated by spaces. */
  readonly nodeargs?: string;
  /** Are .ts files compiled as they are loaded? @default true */
  readonly typescript?: boolean;
  /** Another tsconfig.json. */
  readonly tsconfig?: string;
}

/** Exit code by which @pulumi/pulumi's runner says that it has shown the user the error already (cmd/run/index.js). */
export const ALREADY_REPORTED = 32;

/**
 * How to start a program under @pulumi/pulumi's own runner.
 * @param sdkFolder the program's installed @pulumi/pulumi
 */
export function programInvocation(sdkFolder: string, run: ProgramRun): NodeInvocation {
  const flags: [string, string][] = [
    ["monitor", run.monitorAddress],
    ["engine", run.engineAddress],
    ["organization", run.organization],
    ["project", run.project],
    ["root-directory", run.rootDirectory],
    ["stack", run.stack],
    ["pwd", run.pwd],
    ["parallel", String(run.parallel)],
  ];
  return {
    cwd: run.pwd,
    args: [
      ...nodeArguments(run.options),
      join(sdkFolder, "cmd", "run"),
      ...flags.filter(([, value]) => value !== "").flatMap(([name, value]) => [`--${name}`, value]),
      ...(run.dryRun ? ["--dry-run"] : []),
      run.entryPoint === "" ? "." : run.entryPoint,
      ...run.programArgs,
    ],
    env: {
      PULUMI_CONFIG: JSON.stringify(run.config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(run.configSecretKeys),
      ...typescriptVariables(run.options),
    },
  };
}

/** The fields of a LanguageRuntime RunPluginRequest that a run needs. */
export interface PluginRun {
  /** `analyzer` is a policy pack; every other kind is a plugin written in TypeScript or JavaScript. */
  readonly kind: string;
  readonly pwd: string;
  readonly programDirectory: string;
  readonly programArgs: readonly string[];
  readonly options: RuntimeOptions;
}

/** How to start a policy pack or a source plugin under @pulumi/pulumi's own runners. */
export function pluginInvocation(sdkFolder: string, run: PluginRun): NodeInvocation {
  const nodeArgs = nodeArguments(run.options);
  const env = typescriptVariables(run.options);
  if (run.kind === "analyzer") {
    const runner = join(sdkFolder, "cmd", "run-policy-pack");
    // The engine's address comes last; the runner wants it first. A pack reads its package.json from where it runs.
    const engine = run.programArgs[run.programArgs.length - 1] ?? "";
    return { cwd: run.programDirectory, args: [...nodeArgs, runner, engine, run.programDirectory], env };
  }
  const runner = join(sdkFolder, "cmd", "run-plugin");
  return { cwd: run.pwd, args: [...nodeArgs, runner, run.programDirectory, ...run.programArgs], env };
}

function nodeArguments({ nodeargs }: RuntimeOptions): string[] {
  return (nodeargs ?? "").split(/\s+/).filter((arg) => arg !== "");
}

function typescriptVariables({ typescript, tsconfig }: RuntimeOptions): Record<string, string> {
  return {
    PULUMI_NODEJS_TYPESCRIPT: String(typescript ?? true),
    ...(tsconfig ? { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig } : {}),
  };
}
