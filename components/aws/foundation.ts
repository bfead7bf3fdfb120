import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { refuseProblems } from "../arguments";
import type { Foundation } from "../contract";
import { AwsAlarms, type AwsAlarmsArgs } from "./alarms";
import { AwsCache, type AwsCacheArgs } from "./cache";
import { AwsCluster, type AwsClusterArgs, clusterName } from "./cluster";
import { AwsDatabase, type AwsDatabaseArgs } from "./database";
import { foundationProblems } from "./foundationProblems";
import { AwsHealthCheck } from "./healthCheck";
import { AwsIdentity } from "./identity";
import { AwsNetwork, type AwsNetworkArgs } from "./network";
import { AwsObjectStore, type AwsObjectStoreArgs } from "./objectStore";
import { type AwsPlace, standardTags } from "./place";
import { awsProvider } from "./provider";
import { AwsBackupCopies } from "./recovery";
import { AwsRegistry } from "./registry";
import { AwsSecrets, readSecretsPolicy } from "./secrets";
import { type AwsWorkload, WORKLOADS } from "./workloads";

export interface AwsFoundationArgs extends Omit<AwsPlace, "accountId"> {
  /** Account id, twelve digits. */
  readonly accountId: string;
  /** Role that the program assumes, ARN; it administers the cluster unless others are named. @default the caller's own */
  readonly assumeRoleArn?: string;
  readonly network: Omit<AwsNetworkArgs, "place" | "clusterName">;
  readonly cluster: Omit<AwsClusterArgs, "place" | "subnetIds" | "zones" | "administrators"> & {
    /** ARNs of roles and users with all rights on the cluster. @default the role assumed, else whoever makes it */
    readonly administrators?: readonly string[];
  };
  readonly database: Omit<AwsDatabaseArgs, "place" | "networkId" | "subnetIds" | "clientCidrs">;
  readonly cache?: Pick<AwsCacheArgs, "nodeType" | "nodes">;
  readonly objects?: Pick<AwsObjectStoreArgs, "glacierAfterDays" | "accessLogDays">;
  /** @default the bundled services' */
  readonly identities?: Readonly<Record<string, AwsWorkload>>;
  readonly alarms?: Pick<AwsAlarmsArgs, "contacts" | "monthlyBudget">;
  /** Second region: copies of objects, images and the database's backups. @default none */
  readonly recovery?: { readonly region: string };
  /** Other clouds' URLs to watch from here, by name. @default none */
  readonly healthChecks?: Readonly<Record<string, string>>;
}

/** All of a stack's AWS. */
export class AwsFoundation extends pulumi.ComponentResource implements Foundation {
  readonly network: AwsNetwork;
  readonly cluster: AwsCluster;
  readonly database: AwsDatabase;
  readonly objects: AwsObjectStore;
  readonly cache: AwsCache;
  readonly registry: AwsRegistry;
  readonly secrets: AwsSecrets;
  readonly alarms: AwsAlarms;
  readonly identities: Readonly<Record<string, AwsIdentity>>;

  constructor(name: string, args: AwsFoundationArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AwsFoundation", name, foundationProblems(args));
    super("tideline:aws:Foundation", name, {}, opts);
    const place = placeOf(args);
    const part = { parent: this };
    const kubeName = clusterName(place, `${name}-cluster`);
    const network = new AwsNetwork(`${name}-network`, { place, ...args.network, clusterName: kubeName }, part);
    const inside = {
      place,
      networkId: network.networkId,
      subnetIds: network.databaseSubnetIds,
      clientCidrs: [network.cidr, ...(args.network.secondaryCidrs ?? [])],
    };
    this.network = network;
    this.secrets = new AwsSecrets(`${name}-secrets`, { place }, part);
    this.database = new AwsDatabase(`${name}-database`, { ...inside, ...args.database }, part);
    this.cache = new AwsCache(`${name}-cache`, { ...inside, ...args.cache }, part);
    this.registry = new AwsRegistry(
      `${name}-registry`,
      { place, ...(args.recovery ? { replicaRegion: args.recovery.region } : {}) },
      part,
    );
    const replica = secondRegion(this, name, args, place, this.database);
    this.objects = new AwsObjectStore(
      `${name}-objects`,
      { place, ...args.objects, ...(replica ? { replica } : {}) },
      part,
    );
    this.cluster = new AwsCluster(
      `${name}-cluster`,
      {
        ...args.cluster,
        place,
        subnetIds: network.privateSubnetIds,
        zones: args.network.zones,
        administrators: args.cluster.administrators ?? [defaultAdministrator(this, args)],
      },
      part,
    );
    this.identities = Object.fromEntries(
      Object.entries(args.identities ?? WORKLOADS).map(([workload, wanted]) => [
        workload,
        this.identity(`${name}-${workload}`, place, wanted),
      ]),
    );
    const database = { identifier: this.database.identifier, storageGb: args.database.storageGb };
    this.alarms = new AwsAlarms(
      `${name}-alarms`,
      { place, clusterName: kubeName, database, natGatewayIds: network.natGatewayIds, ...args.alarms },
      part,
    );
    for (const [other, url] of Object.entries(args.healthChecks ?? {})) {
      new AwsHealthCheck(`${name}-health-${other}`, { place, url, channel: this.alarms.channel }, part);
    }
    this.registerOutputs({ clusterName: this.cluster.clusterName, registryUrl: this.registry.url });
  }

  private identity(name: string, place: AwsPlace, wanted: AwsWorkload): AwsIdentity {
    const { namespace, serviceAccount, buckets, database = false, seal = false, policies = {}, irsa = false } = wanted;
    const { cluster, objects, secrets } = this;
    const { passwordSecret, keyArn } = this.database;
    return new AwsIdentity(
      name,
      {
        place,
        clusterName: cluster.clusterName,
        namespace,
        serviceAccount,
        policies: {
          ...(buckets ? { buckets: objects.policyFor(buckets) } : {}),
          ...(database ? { "database-password": readSecretsPolicy([passwordSecret], [keyArn]) } : {}),
          ...(seal ? { seal: secrets.unsealPolicy() } : {}),
          ...policies,
        },
        ...(irsa ? { issuer: { providerArn: cluster.oidcProviderArn, url: cluster.oidcIssuerUrl } } : {}),
      },
      { parent: this },
    );
  }
}

function placeOf({ stack, environment, accountId, region, deletionProtection, tags }: AwsFoundationArgs): AwsPlace {
  return {
    stack,
    environment,
    accountId,
    region,
    ...(deletionProtection === undefined ? {} : { deletionProtection }),
    ...(tags === undefined ? {} : { tags }),
  };
}

/** Copies in the second region, under a provider of its own; the store that objects are to be copied to. */
function secondRegion(
  parent: AwsFoundation,
  name: string,
  args: AwsFoundationArgs,
  place: AwsPlace,
  database: AwsDatabase,
): AwsObjectStore | undefined {
  const { recovery, accountId, assumeRoleArn } = args;
  if (!recovery) return undefined;
  const second = { ...place, region: recovery.region };
  const provider = awsProvider(
    `${name}-recovery`,
    {
      region: recovery.region,
      accountId,
      tags: standardTags(second, name),
      ...(assumeRoleArn === undefined ? {} : { assumeRoleArn }),
    },
    { parent },
  );
  new AwsBackupCopies(
    `${name}-backup-copies`,
    { place: second, databaseArn: database.arn, retentionDays: args.database.backupRetentionDays ?? 7 },
    { parent, providers: [provider] },
  );
  return new AwsObjectStore(`${name}-objects-replica`, { place: second }, { parent, providers: [provider] });
}

/** The role that the program works as; of a session, the role behind it. */
function defaultAdministrator(parent: pulumi.Resource, { assumeRoleArn }: AwsFoundationArgs): pulumi.Input<string> {
  if (assumeRoleArn !== undefined) return assumeRoleArn;
  const caller = getCallerIdentityOutput({}, { parent });
  return iam.getSessionContextOutput({ arn: caller.arn }, { parent }).issuerArn;
}
