import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { dump, load } from "js-yaml";
import type { CliContext } from "../cli/context";
import { type Captured, capture, openPulumi, type Pulumi } from "../cli/pulumi";
import { removeStaleLocks } from "../cli/stateLocks";
import { skipPlugins } from "../cli/up";
import type { ControlPlanePrograms } from "../toolchain/controlPlane";
import { type EngineLog, readEngineLog } from "./engineEvents";
import { type Fault, formatFault } from "./faults";
import { FAULT_VARIABLE, REHEARSAL_VARIABLE, rehearsalBackend, rehearsalPaths } from "./guard";
import { ClusterHost } from "./kubernetes/clusterHost";
import { CLUSTERS_VARIABLE } from "./kubernetes/clusterLink";
import { installPlugins, pluginsEnded } from "./pluginFolder";
import { readWorlds, type WorldState } from "./world";

/** Version of the format of `pulumi stack export` (apitype.UntypedDeployment). */
const STATE_VERSION = 3;

/** A stack's settings: what stands below `config:` in Pulumi.STACK.yaml. */
export type Settings = Readonly<Record<string, unknown>>;

export interface SessionArgs {
  readonly context: CliContext;
  readonly stack: string;
  readonly settings: Settings;
  /** Folder of everything that the rehearsal keeps; emptied first. */
  readonly folder: string;
  /**
   * Gives every simulated cluster a real control plane, so that objects are accepted or refused as on a real cluster.
   * `close` must be called then. @default none: objects are written down and nothing more
   */
  readonly controlPlane?: ControlPlanePrograms;
}

/** One operation of the engine: how it ended and what it did. */
export interface Operation extends EngineLog {
  readonly code: number;
  readonly seconds: number;
  /** What the engine printed, for problems that are in no event. */
  readonly output: string;
}

/** A stack as `pulumi stack export` writes it, as far as the rehearsal reads it. */
export interface Deployment {
  readonly resources?: readonly StateResource[];
  readonly pending_operations?: readonly { readonly type: string; readonly resource: StateResource }[];
}

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly custom?: boolean;
  readonly delete?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** The real engine with simulated providers, and a state of its own that no real operation ever sees. */
export class RehearsalSession {
  private readonly paths: ReturnType<typeof rehearsalPaths>;
  private readonly configFile: string;
  private operations = 0;

  private constructor(
    private readonly pulumi: Pulumi,
    private readonly args: SessionArgs,
    /** The control planes of the simulated clusters, if objects are put on real ones. */
    readonly clusters: ClusterHost | undefined,
  ) {
    this.paths = rehearsalPaths(args.folder);
    this.configFile = join(this.paths.settings, `Pulumi.${args.stack}.yaml`);
  }

  /** @throws {Error} when the engine cannot create the stack */
  static async open(args: SessionArgs): Promise<RehearsalSession> {
    const { folder, context } = args;
    rmSync(folder, { recursive: true, force: true });
    const paths = rehearsalPaths(folder);
    for (const path of [paths.state, paths.clouds, paths.pulumiHome, paths.settings])
      mkdirSync(path, { recursive: true });
    const project = load(readFileSync(join(context.projectFolder, "Pulumi.yaml"), "utf8")) as { name: string };
    writeFileSync(join(paths.settings, "Pulumi.yaml"), dump({ name: project.name, runtime: "nodejs" }));
    installPlugins(paths.plugins);
    const pulumi = await openPulumi(context, variables(folder, context.env));
    const clusters = args.controlPlane && (await openClusters(args.controlPlane, paths));
    const env = { ...pulumi.env, [CLUSTERS_VARIABLE]: clusters?.address };
    const session = new RehearsalSession({ ...pulumi, env }, args, clusters);
    session.configure(args.settings);
    const answer = await session.stackCommand(["init", args.stack, "--no-select"]);
    if (answer.code === 0) return session;
    await session.close();
    throw new Error(`Pulumi could not create the stack to rehearse: ${answer.stderr.trim()}`);
  }

  /** Ends the control planes of the simulated clusters. */
  async close(): Promise<void> {
    await this.clusters?.close();
  }

  /** Changes what the next operation runs with. The empty passphrase's salt is Pulumi's own to add. */
  configure(settings: Settings): void {
    const salt = "v1:s9L09Hb4ZbM=:v1:z+pBxwPIB6Dnm8Kr:XmnR/xCujIbYRcEsFs6A64ECNGWy1A==";
    writeFileSync(this.configFile, dump({ encryptionsalt: salt, config: settings }));
  }

  preview(flags: readonly string[] = []): Promise<Operation> {
    return this.operate(["preview", ...flags], undefined);
  }

  up(fault?: Fault, flags: readonly string[] = []): Promise<Operation> {
    return this.operate(["up", "--yes", "--skip-preview", ...flags], fault);
  }

  refresh(flags: readonly string[] = []): Promise<Operation> {
    return this.operate(["refresh", "--yes", "--skip-preview", ...flags], undefined);
  }

  /**
   * Takes a resource that exists in a cloud, and that the state does not know, into the state.
   * @param provider URN of the provider that manages it
   */
  importResource(type: string, name: string, id: string, provider: string): Promise<Operation> {
    const package_ = type.split(":")[0] ?? "";
    const flags = ["--yes", "--skip-preview", "--protect=false", "--generate-code=false"];
    return this.operate(["import", type, name, id, "--provider", `${package_}=${provider}`, ...flags], undefined);
  }

  destroy(fault?: Fault): Promise<Operation> {
    return this.operate(["destroy", "--yes", "--skip-preview"], fault);
  }

  /** The engine's state, secrets encrypted. */
  async deployment(): Promise<Deployment> {
    const { stdout, stderr, code } = await this.stackCommand(["export", "--stack", this.args.stack]);
    if (code !== 0) throw new Error(`Pulumi could not export the rehearsed stack: ${stderr.trim()}`);
    return (JSON.parse(stdout) as { deployment: Deployment }).deployment;
  }

  /** Puts an edited state in place of the engine's. */
  async replaceDeployment(deployment: Deployment): Promise<void> {
    const file = join(this.paths.settings, "state.json");
    writeFileSync(file, JSON.stringify({ version: STATE_VERSION, deployment }));
    const { stderr, code } = await this.stackCommand(["import", "--file", file, "--stack", this.args.stack]);
    if (code !== 0) throw new Error(`Pulumi could not take the rehearsed stack's state back: ${stderr.trim()}`);
  }

  /** The stack's outputs, secrets in clear. */
  async outputs(): Promise<Record<string, unknown>> {
    const { stdout, stderr, code } = await this.stackCommand([
      "output",
      "--json",
      "--show-secrets",
      "--stack",
      this.args.stack,
    ]);
    if (code !== 0) throw new Error(`Pulumi could not read the outputs of the rehearsed stack: ${stderr.trim()}`);
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  /** The simulated clouds, by provider package. */
  worlds(): Record<string, WorldState> {
    return readWorlds(this.paths.clouds);
  }

  get cloudsFolder(): string {
    return this.paths.clouds;
  }

  private async operate(command: readonly string[], fault: Fault | undefined): Promise<Operation> {
    this.operations += 1;
    const log = join(this.args.folder, `events-${this.operations}.jsonl`);
    const started = performance.now();
    // A state file after every step takes half of the engine's time, and serves only an operation that may be broken off.
    const own = fault ? { [FAULT_VARIABLE]: formatFault(fault) } : { PULUMI_SKIP_CHECKPOINTS: "true" };
    const env = { ...this.pulumi.env, ...own };
    const { code, stdout, stderr } = await capture({ ...this.pulumi, env }, [
      ...command,
      ...["--stack", this.args.stack, "--config-file", this.configFile, "--event-log", log],
      ...["--non-interactive", "--suppress-progress", ...skipPlugins(this.pulumi.version)],
    ]);
    const seconds = (performance.now() - started) / 1000;
    const events = readEngineLog(log);
    if (!events.finished) await this.settle();
    return { ...events, code, seconds, output: `${stdout}\n${stderr}`.trim() };
  }

  /** After an engine that was killed: nothing of it works on, and its lock is gone. */
  private async settle(): Promise<void> {
    await pluginsEnded(this.paths.processes);
    removeStaleLocks(this.paths.state);
  }

  /** Runs in the settings' own folder, because `pulumi stack init` writes into the settings that it finds. */
  private stackCommand(command: readonly string[]): Promise<Captured> {
    return capture({ ...this.pulumi, cwd: this.paths.settings }, ["stack", ...command, "--non-interactive"]);
  }
}

function openClusters(programs: ControlPlanePrograms, paths: ReturnType<typeof rehearsalPaths>): Promise<ClusterHost> {
  return ClusterHost.open({ programs, folder: paths.clusters, cloudsFolder: paths.clouds });
}

function variables(folder: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { plugins, pulumiHome } = rehearsalPaths(folder);
  return {
    [REHEARSAL_VARIABLE]: folder,
    [FAULT_VARIABLE]: undefined,
    TIDELINE_HOME: folder,
    PATH: [plugins, env.PATH].filter(Boolean).join(delimiter),
    PULUMI_HOME: pulumiHome,
    PULUMI_BACKEND_URL: rehearsalBackend(folder),
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
    // A provider without a simulation must be an error, never the real one.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_IGNORE_AMBIENT_PLUGINS: undefined,
    // Pulumi takes a stack trace for every promise, and mapping each to TypeScript takes a sixth of the program's time.
    NODE_OPTIONS: [env.NODE_OPTIONS, "--stack-trace-limit=1"].filter(Boolean).join(" "),
    // Unlocks --event-log, which the Automation API uses too.
    PULUMI_DEBUG_COMMANDS: "true",
  };
}
