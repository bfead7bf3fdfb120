/**
 * The `pulumi-language-nodejs` that stands beside a pulumi built from source: it serves Pulumi's LanguageRuntime
 * protocol by starting the runners of the @pulumi/pulumi that the program itself has installed. The official CLI
 * brings its own and never starts this one.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as grpc from "@grpc/grpc-js";
import type { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import type * as language from "@pulumi/pulumi/proto/language_pb";
import type * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import {
  ALREADY_REPORTED,
  type NodeInvocation,
  pluginInvocation,
  programInvocation,
  type RuntimeOptions,
} from "./programRun";
import { requiredPackages } from "./requiredPackages";

/** The parts of an installed @pulumi/pulumi that the protocol needs. */
interface Sdk {
  readonly folder: string;
  readonly version: string;
  readonly grpc: typeof grpc;
  readonly service: typeof LanguageRuntimeService;
  readonly language: typeof language;
  readonly plugin: typeof plugin;
  readonly Empty: typeof Empty;
}

type Unary<Request, Response> = grpc.handleUnaryCall<Request, Response>;

const children = new Set<ChildProcess>();

/** The folder of the @pulumi/pulumi that a program in `folder` imports, or undefined when none is installed. */
function findSdk(folder: string): string | undefined {
  try {
    return dirname(createRequire(join(folder, "program.js")).resolve("@pulumi/pulumi/package.json"));
  } catch {
    return undefined;
  }
}

function loadSdk(folder: string): Sdk {
  const load = createRequire(join(folder, "package.json"));
  return {
    folder,
    version: load("./package.json").version,
    grpc: load("@grpc/grpc-js"),
    service: load("./proto/language_grpc_pb").LanguageRuntimeService,
    language: load("./proto/language_pb"),
    plugin: load("./proto/plugin_pb"),
    Empty: load("google-protobuf/google/protobuf/empty_pb").Empty,
  };
}

function handshake(sdk: Sdk): Unary<language.LanguageHandshakeRequest, language.LanguageHandshakeResponse> {
  return (_, reply) => reply(null, new sdk.language.LanguageHandshakeResponse());
}

function pluginInfo(sdk: Sdk): Unary<Empty, plugin.PluginInfo> {
  return (_, reply) => reply(null, new sdk.plugin.PluginInfo().setVersion(sdk.version));
}

function about(sdk: Sdk): Unary<language.AboutRequest, language.AboutResponse> {
  return (_, reply) => {
    const response = new sdk.language.AboutResponse();
    response.setExecutable(process.execPath);
    response.setVersion(process.version);
    reply(null, response);
  };
}

function packages(sdk: Sdk): Unary<language.GetRequiredPackagesRequest, language.GetRequiredPackagesResponse> {
  return ({ request }, reply) => {
    const response = new sdk.language.GetRequiredPackagesResponse();
    for (const { name, version, server } of requiredPackages(request.getInfo()?.getProgramDirectory() ?? "")) {
      const dependency = new sdk.plugin.PackageDependency();
      dependency.setName(name).setKind("resource").setVersion(version).setServer(server);
      response.addPackages(dependency);
    }
    reply(null, response);
  };
}

/** Runs the program with its output going where this process's goes: to the engine, which shows it line by line. */
function run(sdk: Sdk, engineAddress: string): Unary<language.RunRequest, language.RunResponse> {
  return (call, reply) => {
    const { request } = call;
    const info = request.getInfo();
    const invocation = programInvocation(sdkFor(sdk, info?.getProgramDirectory()), {
      monitorAddress: request.getMonitorAddress(),
      engineAddress,
      project: request.getProject(),
      stack: request.getStack(),
      organization: request.getOrganization(),
      rootDirectory: info?.getRootDirectory() ?? "",
      pwd: request.getPwd(),
      entryPoint: info?.getEntryPoint() || request.getProgram(),
      programArgs: request.getArgsList(),
      parallel: request.getParallel(),
      dryRun: request.getDryrun(),
      config: Object.fromEntries(request.getConfigMap().toArray()),
      configSecretKeys: request.getConfigsecretkeysList(),
      options: optionsOf(info),
    });
    const child = start(invocation, process.env, "inherit");
    call.on("cancelled", () => child.kill());
    onExit(child, (code, reason) => {
      const response = new sdk.language.RunResponse();
      if (code === ALREADY_REPORTED) response.setBail(true);
      else if (code !== 0) response.setError(`The program ${reason}.`);
      reply(null, response);
    });
  };
}

/** Runs a policy pack or a source plugin, streaming both its outputs and at last its exit code to the engine. */
function runPlugin(sdk: Sdk): grpc.handleServerStreamingCall<language.RunPluginRequest, language.RunPluginResponse> {
  return (call) => {
    const { request } = call;
    const info = request.getInfo();
    const programDirectory = info?.getProgramDirectory() || request.getProgram();
    const invocation = pluginInvocation(sdkFor(sdk, programDirectory), {
      kind: request.getKind(),
      pwd: request.getPwd(),
      programDirectory,
      programArgs: request.getArgsList(),
      options: optionsOf(info),
    });
    const environment = Object.fromEntries(
      request.getEnvList().map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
    );
    const child = start(invocation, environment, "pipe");
    child.stdout?.on("data", (bytes: Buffer) => {
      call.write(new sdk.language.RunPluginResponse().setStdout(bytes));
    });
    child.stderr?.on("data", (bytes: Buffer) => {
      call.write(new sdk.language.RunPluginResponse().setStderr(bytes));
    });
    call.on("cancelled", () => child.kill());
    onExit(child, (code, reason) => {
      if (code === null) call.write(new sdk.language.RunPluginResponse().setStderr(Buffer.from(`${reason}\n`)));
      call.write(new sdk.language.RunPluginResponse().setExitcode(code ?? 1));
      call.end();
    });
  };
}

function sdkFor(sdk: Sdk, programDirectory: string | undefined): string {
  return (programDirectory && findSdk(programDirectory)) || sdk.folder;
}

function optionsOf(info: language.ProgramInfo | undefined): RuntimeOptions {
  return (info?.getOptions()?.toJavaScript() ?? {}) as RuntimeOptions;
}

function start({ args, env, cwd }: NodeInvocation, base: NodeJS.ProcessEnv, output: "inherit" | "pipe"): ChildProcess {
  const child = spawn(process.execPath, args, { env: { ...base, ...env }, cwd, stdio: ["ignore", output, output] });
  children.add(child);
  child.once("close", () => children.delete(child));
  return child;
}

/** Calls back once with the exit code, null when the process was killed or never started, and the reason in words. */
function onExit(child: ChildProcess, callback: (code: number | null, reason: string) => void): void {
  let failure: string | undefined;
  child.once("error", (error) => {
    failure = `could not be started: ${error.message}`;
  });
  child.once("close", (code, signal) => {
    if (failure) callback(null, failure);
    else callback(code, code === null ? `was ended by ${signal}` : `exited with code ${code}`);
  });
}

function shutDown(): void {
  for (const child of children) child.kill();
  process.exit(0);
}

function main(args: readonly string[]): void {
  const folder = findSdk(process.cwd());
  if (!folder) {
    console.error(
      `@pulumi/pulumi is not installed for the program in ${process.cwd()}. Run npm ci there, then try again.`,
    );
    process.exit(1);
  }
  const sdk = loadSdk(folder);
  // The engine may put flags such as --tracing before its address, which is always last.
  const engineAddress = args[args.length - 1] ?? "";
  const server = new sdk.grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(sdk.service, {
    handshake: handshake(sdk),
    getPluginInfo: pluginInfo(sdk),
    about: about(sdk),
    getRequiredPackages: packages(sdk),
    run: run(sdk, engineAddress),
    runPlugin: runPlugin(sdk),
    cancel: ((_, reply) => {
      for (const child of children) child.kill();
      reply(null, new sdk.Empty());
    }) satisfies Unary<Empty, Empty>,
  });
  // The engine holds our standard input open for as long as it lives.
  process.stdin.resume().once("end", shutDown);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, shutDown);
  server.bindAsync("127.0.0.1:0", sdk.grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) {
      console.error(`The language host cannot listen on 127.0.0.1: ${error.message}.`);
      process.exit(1);
    }
    console.log(String(port));
  });
}

main(process.argv.slice(2));
