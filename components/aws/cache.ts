import * as ec2 from "@pulumi/aws/ec2";
import * as elasticache from "@pulumi/aws/elasticache";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { Cache } from "../contract";
import { NAME_LIMITS } from "../naming";
import { parseCidr } from "../subnetLayout";
import { AwsEncryptionKey } from "./encryptionKey";
import { AwsGeneratedSecret } from "./generatedSecret";
import { type AwsPlace, awsName, namedTags, standardTags } from "./place";

export interface AwsCacheArgs {
  readonly place: AwsPlace;
  readonly networkId: pulumi.Input<string>;
  /** Subnets without a way out, in at least two zones. */
  readonly subnetIds: pulumi.Input<string[]>;
  /** IPv4 ranges whose addresses may connect. */
  readonly clientCidrs: readonly string[];
  /** Node type. @default cache.r7g.large in prod, cache.t4g.small otherwise */
  readonly nodeType?: string;
  /** Nodes, the first included, 1 to 6; at least 2 in prod. @default 2 in prod, otherwise 1 */
  readonly nodes?: number;
}

/** Valkey on ElastiCache: TLS, a password, and in prod a standby in another zone. */
export class AwsCache extends pulumi.ComponentResource implements Cache {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly passwordSecret: pulumi.Output<string>;

  constructor(name: string, args: AwsCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AwsCache", name, cacheProblems(args));
    super("tideline:aws:Cache", name, {}, opts);
    const { place, subnetIds } = args;
    const key = new AwsEncryptionKey(
      `${name}-key`,
      { place, description: `Cache of ${place.stack}` },
      { parent: this },
    );
    const password = new AwsGeneratedSecret(
      `${name}-password`,
      { place, description: "Password of the cache", kmsKeyArn: key.arn },
      { parent: this },
    );
    const subnets = new elasticache.SubnetGroup(
      name,
      {
        name: awsName(place, name, NAME_LIMITS.awsDatabaseGroup),
        description: `Cache subnets of ${place.stack}`,
        subnetIds,
        tags: standardTags(place, name),
      },
      { parent: this },
    );
    const group = new elasticache.ReplicationGroup(
      name,
      {
        replicationGroupId: awsName(place, name, NAME_LIMITS.awsCache),
        description: `Cache of ${place.stack}`,
        engine: "valkey",
        engineVersion: "8.0",
        port: PORT,
        ...sizeArgs(args),
        subnetGroupName: subnets.name,
        securityGroupIds: [securityGroup(this, name, args).id],
        atRestEncryptionEnabled: true,
        kmsKeyId: key.arn,
        transitEncryptionEnabled: true,
        transitEncryptionMode: "required",
        authToken: password.value,
        authTokenUpdateStrategy: "ROTATE",
        autoMinorVersionUpgrade: true,
        maintenanceWindow: "sun:06:00-sun:07:00",
        snapshotRetentionLimit: place.environment === "prod" ? 7 : 0,
        snapshotWindow: "03:00-04:00",
        applyImmediately: place.environment !== "prod",
        tags: namedTags(place, name),
      },
      { parent: this, customTimeouts: { create: "60m", update: "60m", delete: "60m" } },
    );
    this.host = group.primaryEndpointAddress;
    this.port = pulumi.output(PORT);
    this.passwordSecret = password.secretArn;
    this.registerOutputs({ host: this.host, port: this.port, passwordSecret: this.passwordSecret });
  }
}

const PORT = 6379;

/** All that is wrong with a cache's arguments. */
export function cacheProblems(args: AwsCacheArgs): readonly ArgumentProblem[] {
  const { place, nodeType, nodes, clientCidrs } = args;
  const open = clientCidrs.findIndex((cidr) => !parseCidr(cidr) || cidr.endsWith("/0"));
  return [
    ...problemIf(
      nodeType !== undefined && !/^cache\.[a-z0-9]+\.[a-z0-9]+$/.test(nodeType),
      "nodeType",
      `is "${nodeType}", which is no node type of ElastiCache; give one such as cache.r7g.large.`,
    ),
    ...problemIf(
      nodes !== undefined && (!Number.isInteger(nodes) || nodes < 1 || nodes > 6),
      "nodes",
      `is ${nodes}; give 1 to 6, one that is written to and up to five that follow.`,
    ),
    ...problemIf(
      nodes === 1 && place.environment === "prod",
      "nodes",
      "is 1 in prod, where one zone's failure would empty the cache; give at least 2.",
    ),
    ...problemIf(
      open >= 0,
      `clientCidrs[${open}]`,
      `is "${clientCidrs[open]}"; give IPv4 networks in CIDR notation, such as the VPC's, not everyone's.`,
    ),
  ];
}

function sizeArgs({ place, nodeType, nodes }: AwsCacheArgs) {
  const prod = place.environment === "prod";
  const count = nodes ?? (prod ? 2 : 1);
  return {
    nodeType: nodeType ?? (prod ? "cache.r7g.large" : "cache.t4g.small"),
    numCacheClusters: count,
    automaticFailoverEnabled: count > 1,
    multiAzEnabled: count > 1,
  };
}

function securityGroup(parent: pulumi.Resource, name: string, args: AwsCacheArgs): ec2.SecurityGroup {
  const { place, networkId, clientCidrs } = args;
  const group = new ec2.SecurityGroup(
    name,
    {
      name: awsName(place, name, NAME_LIMITS.awsSecurityGroup),
      description: "The cache from inside the network",
      vpcId: networkId,
      tags: namedTags(place, name),
    },
    { parent },
  );
  clientCidrs.forEach((cidr, index) => {
    new vpc.SecurityGroupIngressRule(
      `${name}-clients-${index}`,
      {
        securityGroupId: group.id,
        description: "The cache from inside the network",
        ipProtocol: "tcp",
        fromPort: PORT,
        toPort: PORT,
        cidrIpv4: cidr,
        tags: namedTags(place, name, `clients-${index}`),
      },
      { parent },
    );
  });
  return group;
}
