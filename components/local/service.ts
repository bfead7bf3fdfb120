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
  /** Of its further ports by the descriptor's names, 1 to 65535. One that is not named here is not listened on. */
  readonly furtherPorts?: Readonly<Record<string, number>>;
  /** The descriptor's variables except host and ports. */
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
    const { descriptor, port, furtherPorts = {}, environment, home, readySeconds = 60 } = args;
    const [main] = Object.values(descriptor.ports);
    if (!main) throw new pulumi.RunError(`The service ${descriptor.name} has no port, so it cannot run as ${name}.`);
    const running = new LocalProcess(
      name,
      {
        service: descriptor.name,
        home,
        bundle: bundleService(projectRoot(), descriptor.name).hash,
        environment: processEnvironment({
          ...environment,
          HOST,
          [main.variable]: String(port),
          ...furtherVariables(descriptor, furtherPorts),
        }),
        host: HOST,
        port,
        ...(Object.keys(furtherPorts).length === 0 ? {} : { furtherPorts: Object.values(furtherPorts) }),
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

function furtherVariables(descriptor: ServiceDescriptor, ports: Readonly<Record<string, number>>) {
  const entries = Object.entries(ports).map(([name, port]) => {
    const described = descriptor.ports[name];
    if (described) return [described.variable, String(port)];
    const known = Object.keys(descriptor.ports).join(", ");
    throw new pulumi.RunError(`The service ${descriptor.name} has no port ${name}. Its ports: ${known}.`);
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Address of a local HTTP service, known before it runs: a neighbour told of it is not replaced along with it. */
export function localUrl(port: number): string {
  return `http://${HOST}:${port}`;
}

/** The descriptor's variables and nothing of the caller's shell, so that a start does not depend on who runs it. */
export function processEnvironment<T>(environment: Readonly<Record<string, T>>): Record<string, T | string> {
  return { NODE_ENV: "production", ...environment };
}
