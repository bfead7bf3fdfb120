import type { z } from "zod";

/** A store that a service needs, given to it as one environment variable: OBJECT_STORE_URL or DATABASE_URL. */
export type StoreKind = "objects" | "metadata";

/** A listening port: its default number and the environment variable that overrides it. */
export interface PortDescriptor {
  readonly default: number;
  readonly protocol: "http" | "grpc" | "postgres";
  readonly variable: string;
}

/** A signal that the cluster's autoscaler follows. `target` is per pod, in the unit that the name states. */
export interface ScalingSignal {
  readonly metric: "cpuPercent" | "memoryPercent" | "requestsPerSecond" | "latencyP95Seconds" | "driftScore";
  readonly target: number;
}

/**
 * What both deployers (local processes, Kubernetes) know of a bundled service. The one contract between the
 * infrastructure half and the service half of Tideline: a service written once runs in both places.
 */
export interface ServiceDescriptor<Environment extends z.ZodObject = z.ZodObject> {
  /** DNS label; also the role that `services/main.ts` starts and the folder below `services/`. */
  readonly name: string;
  /** A `service` runs until it is stopped; a `job` runs to completion and prints its result as one JSON line. */
  readonly kind: "service" | "job";
  /** One sentence for status pages and generated documents. */
  readonly summary: string;
  /** Ports by name. The port named `http` carries the probes and metrics. */
  readonly ports: Readonly<Record<string, PortDescriptor>>;
  /** Every environment variable that the service reads, with types, defaults and descriptions. */
  readonly environment: Environment;
  /** HTTP paths on the port `http`; 200 means yes. Absent for jobs and for services that speak no HTTP. */
  readonly probes?: { readonly live: string; readonly ready: string };
  /** Where Prometheus scrapes, and the names of the service's own metrics found there. */
  readonly metrics?: { readonly path: string; readonly names: readonly string[] };
  readonly stores: readonly StoreKind[];
  /** Kubernetes quantities. */
  readonly resources: {
    readonly requests: { readonly cpu: string; readonly memory: string };
    readonly limits: { readonly cpu?: string; readonly memory: string };
  };
  readonly scaling: readonly ScalingSignal[];
  /** Seconds that a stop waits for requests in flight before the process is killed. */
  readonly drainSeconds: number;
}

/** Types a descriptor without widening its environment schema. */
export function defineService<Environment extends z.ZodObject>(
  descriptor: ServiceDescriptor<Environment>,
): ServiceDescriptor<Environment> {
  return descriptor;
}
