import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { refuseProblems } from "../arguments";
import { NAME_LIMITS } from "../naming";
import { AzureAlarms, type AzureAlarmsArgs } from "./alarms";
import { AzureCache, type AzureCacheArgs } from "./cache";
import { AzureCluster, type AzureClusterArgs } from "./cluster";
import { AzureDatabase, type AzureDatabaseArgs } from "./database";
import { foundationProblems } from "./foundationProblems";
import { AzureIdentity, type ContainerAccess } from "./identity";
import { AzureNetwork, type AzureNetworkArgs } from "./network";
import { type AzureContainer, AzureObjectStore, type AzureObjectStoreArgs } from "./objectStore";
import { type AzurePlace, azureName, standardTags } from "./place";
import { AzureRegistry, type AzureRegistryArgs } from "./registry";
import { AzureSecrets } from "./secrets";

/** A workload and what it may reach. */
export interface AzureWorkload {
  /** Kubernetes namespace and service account. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /** @default no container */
  readonly containers?: Readonly<Partial<Record<AzureContainer, ContainerAccess>>>;
  /** Whether it connects to the database, and so reads its password. @default false */
  readonly database?: boolean;
}

export interface AzureFoundationArgs extends Omit<AzurePlace, "resourceGroupName"> {
  /** Directory (tenant) of the subscription. */
  readonly tenantId: string;
  readonly network: Pick<AzureNetworkArgs, "cidr" | "zones" | "nat" | "ingressPorts" | "linked">;
  readonly cluster: Pick<
    AzureClusterArgs,
    | "version"
    | "publicAccessCidrs"
    | "nodePools"
    | "administratorGroupIds"
    | "systemMachineType"
    | "encryptionAtHost"
    | "podCidr"
    | "serviceCidr"
    | "maintenanceExclusions"
    | "login"
  >;
  readonly database: Pick<
    AzureDatabaseArgs,
    "machineType" | "storageGb" | "highlyAvailable" | "backupRetentionDays" | "geoRedundantBackup" | "postgresVersion"
  >;
  /** @default each component's own */
  readonly objects?: Pick<AzureObjectStoreArgs, "redundancy" | "coldAfterDays" | "deletedRetentionDays">;
  readonly cache?: Pick<AzureCacheArgs, "size" | "highlyAvailable">;
  readonly registry?: Pick<AzureRegistryArgs, "pushCidrs" | "replicaLocations">;
  /** @default the bundled services' */
  readonly identities?: Readonly<Record<string, AzureWorkload>>;
  readonly alarms?: Pick<AzureAlarmsArgs, "contacts" | "budget" | "logRetentionDays">;
  /** Whether cluster, database, objects and vault refuse to go. @default on in prod */
  readonly deletionProtection?: boolean | undefined;
}

const NAMESPACE = "ml-platform";

/** What the bundled services reach; nothing else may. */
const WORKLOADS: Readonly<Record<string, AzureWorkload>> = {
  serving: { namespace: NAMESPACE, serviceAccount: "serving", containers: { models: "read" } },
  training: {
    namespace: NAMESPACE,
    serviceAccount: "training",
    containers: { models: "readWrite", artifacts: "readWrite", data: "read" },
  },
  drift: { namespace: NAMESPACE, serviceAccount: "drift", database: true },
};

/** All of a stack's Azure, in one resource group: network, cluster, database, objects, cache, registry, keys and alarms. */
export class AzureFoundation extends pulumi.ComponentResource {
  readonly network: AzureNetwork;
  readonly cluster: AzureCluster;
  readonly database: AzureDatabase;
  readonly objects: AzureObjectStore;
  readonly cache: AzureCache;
  readonly registry: AzureRegistry;
  readonly secrets: AzureSecrets;
  readonly alarms: AzureAlarms;
  readonly identities: Readonly<Record<string, AzureIdentity>>;

  constructor(name: string, args: AzureFoundationArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AzureFoundation", name, foundationProblems(args));
    super("tideline:azure:Foundation", name, {}, opts);
    const { stack, environment, location, tenantId, deletionProtection } = args;
    const group = createResourceGroup(this, name, args);
    const place = { stack, environment, location, resourceGroupName: group.name, deletionProtection };
    const part = { parent: this };
    this.network = new AzureNetwork(`${name}-network`, { ...place, ...args.network }, part);
    const { network } = this;
    this.secrets = new AzureSecrets(`${name}-secrets`, { ...place, network, tenantId }, part);
    const { vaultId, vaultName, vaultUrl, keys, encryptionIdentityId: identityId } = this.secrets;
    this.registry = new AzureRegistry(`${name}-registry`, { ...place, network, ...args.registry }, part);
    const encryption = { keyName: keys.objects.name, vaultUrl, identityId };
    this.objects = new AzureObjectStore(`${name}-objects`, { ...place, network, encryption, ...args.objects }, part);
    const vault = { vaultName, tenantId };
    this.database = new AzureDatabase(`${name}-database`, { ...place, network, vault, ...args.database }, part);
    this.cache = new AzureCache(`${name}-cache`, { ...place, network, vaultName, ...args.cache }, part);
    this.cluster = new AzureCluster(
      `${name}-cluster`,
      {
        ...place,
        network,
        tenantId,
        encryption: { vaultId, keyUrl: keys.cluster.versionedUrl },
        registryId: this.registry.registryId,
        ...args.cluster,
      },
      part,
    );
    this.identities = Object.fromEntries(
      Object.entries(args.identities ?? WORKLOADS).map(([workload, wanted]) => [
        workload,
        this.identity(`${name}-${workload}`, place, wanted),
      ]),
    );
    const { clusterId } = this.cluster;
    const { serverId } = this.database;
    this.alarms = new AzureAlarms(
      `${name}-alarms`,
      {
        ...place,
        ...args.alarms,
        resourceGroupId: group.id,
        watched: { cluster: clusterId, database: serverId, cache: this.cache.cacheId },
        logged: { cluster: clusterId, database: serverId, vault: vaultId },
      },
      part,
    );
    this.registerOutputs({ clusterName: this.cluster.clusterName, registryUrl: this.registry.url });
  }

  private identity(
    name: string,
    place: AzurePlace,
    { namespace, serviceAccount, containers = {}, database }: AzureWorkload,
  ) {
    const access = Object.entries(containers) as [AzureContainer, ContainerAccess][];
    return new AzureIdentity(
      name,
      {
        ...place,
        namespace,
        serviceAccount,
        oidcIssuerUrl: this.cluster.oidcIssuerUrl,
        containers: Object.fromEntries(
          access.map(([part, wanted]) => [part, { containerId: this.objects.containers[part], access: wanted }]),
        ),
        secrets: database ? { "database-password": this.database.passwordSecret } : {},
      },
      { parent: this },
    );
  }
}

function createResourceGroup(
  parent: pulumi.Resource,
  name: string,
  { stack, environment, location }: AzureFoundationArgs,
): resources.ResourceGroup {
  return new resources.ResourceGroup(
    name,
    {
      resourceGroupName: azureName({ stack }, name, NAME_LIMITS.azureResourceGroup),
      location,
      tags: standardTags({ stack, environment }, name),
    },
    { parent },
  );
}
