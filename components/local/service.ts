import * as pulumi from "@pulumi/pulumi";
import type { ServiceDescriptor } from "../../services/runtime/descriptor";
import type { Workload } from "../contract";
import { bundleService } from "./bundle";
import { LocalProcess } from "./process";
import { projectRoot } from "./project";

export interface LocalServiceArgs {
  readonly descriptor: ServiceDescriptor;
  /** Port of the service, 1 to 65535. */
  readonly port: number;
  /** The descriptor's variables except host and port. */
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** Folder of stack `local`'s files. */
  readonly home: string;
  /** Seconds from start to ready. @default 60 */
  readonly readySeconds?: number;
}

/** Local services listen here and nowhere else. */
export const HOST = "127.0.0.1";

/** A bundled service, run as a supervised process on this machine's loopback address. */
export class LocalService extends pulumi.ComponentResource implements Workload {
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: LocalServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:local:Service", name, {}, opts);
    const { descriptor, port, environment, home, readySeconds = 60 } = args;
    const [main] = Object.values(descriptor.ports);
    if (!main) throw new pulumi.RunError(`The service ${descriptor.name} has no port, so it cannot run as ${name}.`);
    const running = new LocalProcess(
      name,
      {
        service: descriptor.name,
        home,
        bundle: bundleService(projectRoot(), descriptor.name).hash,
        environment: processEnvironment({ ...environment, HOST, [main.variable]: String(port) }),
        host: HOST,
        port,
        protocol: main.protocol === "postgres" ? "postgres" : "http",
        health: descriptor.probes?.ready ?? null,
        readySeconds,
        drainSeconds: descriptor.drainSeconds,
      },
      { parent: this },
    );
    this.url = running.url;
    this.registerOutputs({ url: this.url });
  }
}

/** Address of a local HTTP service, known before it runs: a neighbour told of it is not replaced along with it. */
export function localUrl(port: number): string {
  return `http://${HOST}:${port}`;
}

/** The descriptor's variables and nothing of the caller's shell, so that a start does not depend on who runs it. */
export function processEnvironment<T>(environment: Readonly<Record<string, T>>): Record<string, T | string> {
  return { NODE_ENV: "production", ...environment };
}
