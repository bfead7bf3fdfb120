import * as redisenterprise from "@pulumi/azure-native/redisenterprise";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { Cache } from "../contract";
import { NAME_LIMITS, physicalName } from "../naming";
import { AzurePasswordSecret } from "./passwordSecret";
import { type AzurePlace, standardTags } from "./place";
import { createPrivateEndpoint, type EndpointNetwork } from "./privateEndpoint";

export interface AzureCacheArgs extends AzurePlace {
  readonly network: EndpointNetwork;
  /** Vault that keeps the password. */
  readonly vaultName: pulumi.Input<string>;
  /** Size of Azure Managed Redis; the number is about its memory in GiB. @default "Balanced_B5" in prod, "Balanced_B0" elsewhere */
  readonly size?: string;
  /** A second copy, in another zone where there are zones. @default on in prod */
  readonly highlyAvailable?: boolean;
}

/** Families of Azure Managed Redis. Azure Cache for Redis, its forerunner, is being retired and takes no new customers. */
const SIZE = /^(Balanced_B|MemoryOptimized_M|ComputeOptimized_X)\d+$/;

/** Azure Managed Redis with a private address, TLS and a password. */
export class AzureCache extends pulumi.ComponentResource implements Cache {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly passwordSecret: pulumi.Output<string>;
  readonly cacheId: pulumi.Output<string>;

  constructor(name: string, args: AzureCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AzureCache", name, cacheProblems(args));
    super("tideline:azure:Cache", name, {}, opts);
    const { stack, resourceGroupName, location, environment, vaultName } = args;
    const { highlyAvailable = environment === "prod" } = args;
    // Part of the cache's name in the world's DNS.
    const suffix = new random.RandomId(`${name}-suffix`, { byteLength: 4 }, { parent: this });
    const cache = new redisenterprise.RedisEnterprise(
      name,
      {
        clusterName: suffix.hex.apply((hex) =>
          physicalName({ stack, component: name, suffix: hex }, NAME_LIMITS.azureCache),
        ),
        resourceGroupName,
        location,
        sku: { name: sizeOf(args) },
        highAvailability: highlyAvailable ? "Enabled" : "Disabled",
        minimumTlsVersion: "1.2",
        publicNetworkAccess: "Disabled",
        tags: standardTags(args, name),
      },
      { parent: this, customTimeouts: { create: "60m", update: "60m", delete: "60m" } },
    );
    const database = new redisenterprise.Database(
      name,
      {
        databaseName: "default",
        clusterName: cache.name,
        resourceGroupName,
        clientProtocol: "Encrypted",
        port: 10_000,
        // One address, as clients without knowledge of clusters expect.
        clusteringPolicy: "EnterpriseCluster",
        evictionPolicy: "AllKeysLRU",
        accessKeysAuthentication: "Enabled",
      },
      { parent: this },
    );
    const endpoint = createPrivateEndpoint(this, name, args, args.network, { id: cache.id, group: "redisEnterprise" });
    const keys = redisenterprise.listDatabaseKeysOutput(
      { resourceGroupName, clusterName: cache.name, databaseName: database.name },
      { parent: this },
    );
    const secret = new AzurePasswordSecret(
      `${name}-password`,
      { ...args, owner: name, part: "password", password: keys.primaryKey, vaultName },
      { parent: this },
    );
    this.host = pulumi.all([cache.hostName, endpoint.id]).apply(([host]) => host);
    this.port = database.port.apply((port) => port ?? 10_000);
    this.cacheId = cache.id;
    this.passwordSecret = secret.secretId;
    this.registerOutputs({ host: this.host, port: this.port, passwordSecret: this.passwordSecret });
  }
}

function sizeOf({ size, environment }: Pick<AzureCacheArgs, "size" | "environment">): string {
  return size ?? (environment === "prod" ? "Balanced_B5" : "Balanced_B0");
}

/** All that is wrong with the arguments. */
export function cacheProblems(args: Omit<AzureCacheArgs, "network" | "vaultName">): readonly ArgumentProblem[] {
  const size = sizeOf(args);
  return [
    ...problemIf(
      !SIZE.test(size),
      "size",
      `is "${size}", which is no size of Azure Managed Redis; give one such as Balanced_B5, MemoryOptimized_M10 or ComputeOptimized_X3.`,
    ),
    ...problemIf(
      args.environment === "prod" && /_B[01]$/.test(size),
      "size",
      `is "${size}", a size for trying things out; in prod give one such as Balanced_B5.`,
    ),
  ];
}
