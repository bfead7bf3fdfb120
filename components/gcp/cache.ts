import * as redis from "@pulumi/gcp/redis";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { Cache } from "../contract";
import { NAME_LIMITS, physicalName } from "../naming";
import { GcpPasswordSecret } from "./passwordSecret";
import { type GcpPlace, protects, standardLabels } from "./place";

export interface GcpCacheArgs extends GcpPlace {
  readonly network: { readonly networkId: pulumi.Input<string>; readonly privateServicesRange: pulumi.Input<string> };
  /** Keys of the instance's storage and of the password's secret. */
  readonly keys: { readonly cache: pulumi.Input<string>; readonly secrets: pulumi.Input<string> };
  /** Memory, GiB, 1 to 300; at least 5 with read replicas. @default 5 in prod, 1 elsewhere */
  readonly memoryGb?: number;
  /** Standby in another zone. @default on in prod */
  readonly highlyAvailable?: boolean;
  /** Replicas that answer reads, 0 to 5; needs the standby. @default 0 */
  readonly readReplicas?: number;
  /** @default on in prod */
  readonly deletionProtection?: boolean | undefined;
}

/** Memorystore for Redis with a private address, TLS and a password. */
export class GcpCache extends pulumi.ComponentResource implements Cache {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly passwordSecret: pulumi.Output<string>;
  /** projects/PROJECT/locations/REGION/instances/NAME. */
  readonly instanceId: pulumi.Output<string>;

  constructor(name: string, args: GcpCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("GcpCache", name, cacheProblems(args));
    super("tideline:gcp:Cache", name, {}, opts);
    const { stack, project, region, network, keys, environment, readReplicas = 0 } = args;
    const { highlyAvailable = environment === "prod" } = args;
    const instance = new redis.Instance(
      name,
      {
        name: physicalName({ stack, component: name }, NAME_LIMITS.gcpCache),
        displayName: `Cache of stack ${stack}`,
        project,
        region,
        tier: highlyAvailable ? "STANDARD_HA" : "BASIC",
        memorySizeGb: memoryOf(args),
        redisVersion: "REDIS_7_2",
        authorizedNetwork: network.networkId,
        connectMode: "PRIVATE_SERVICE_ACCESS",
        reservedIpRange: network.privateServicesRange,
        authEnabled: true,
        transitEncryptionMode: "SERVER_AUTHENTICATION",
        customerManagedKey: keys.cache,
        ...(readReplicas > 0
          ? { readReplicasMode: "READ_REPLICAS_ENABLED", replicaCount: readReplicas, secondaryIpRange: "auto" }
          : {}),
        redisConfigs: { "maxmemory-policy": "allkeys-lru" },
        maintenancePolicy: {
          weeklyMaintenanceWindows: [{ day: "SUNDAY", startTime: { hours: 3, minutes: 0, seconds: 0, nanos: 0 } }],
        },
        deletionProtection: protects(args, args.deletionProtection),
        labels: standardLabels(args, name),
      },
      { parent: this, customTimeouts: { create: "60m", update: "60m", delete: "30m" } },
    );
    const secret = new GcpPasswordSecret(
      `${name}-password`,
      { ...args, owner: name, part: "password", password: instance.authString, key: keys.secrets },
      { parent: this },
    );
    this.host = instance.host;
    this.port = instance.port;
    this.instanceId = instance.id;
    this.passwordSecret = secret.secretName;
    this.registerOutputs({ host: this.host, port: this.port, passwordSecret: this.passwordSecret });
  }
}

function memoryOf({ memoryGb, environment }: Pick<GcpCacheArgs, "memoryGb" | "environment">): number {
  return memoryGb ?? (environment === "prod" ? 5 : 1);
}

/** All that is wrong with the arguments. */
export function cacheProblems(args: Omit<GcpCacheArgs, "network" | "keys">): readonly ArgumentProblem[] {
  const { environment, highlyAvailable = environment === "prod", readReplicas = 0 } = args;
  const memory = memoryOf(args);
  return [
    ...problemIf(
      !Number.isInteger(memory) || memory < 1 || memory > 300,
      "memoryGb",
      `is ${memory}; allowed are whole GiB from 1 to 300.`,
    ),
    ...problemIf(
      !Number.isInteger(readReplicas) || readReplicas < 0 || readReplicas > 5,
      "readReplicas",
      `is ${readReplicas}; allowed are 0 to 5.`,
    ),
    ...problemIf(
      readReplicas > 0 && !highlyAvailable,
      "readReplicas",
      `is ${readReplicas}, but Memorystore has replicas only beside a standby; set highlyAvailable.`,
    ),
    ...problemIf(
      readReplicas > 0 && memory < 5,
      "memoryGb",
      `is ${memory}; with read replicas Memorystore takes 5 GiB or more.`,
    ),
  ];
}
