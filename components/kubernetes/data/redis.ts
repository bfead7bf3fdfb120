import * as apps from "@pulumi/kubernetes/apps/v1";
import * as core from "@pulumi/kubernetes/core/v1";
import * as policy from "@pulumi/kubernetes/policy/v1";
import type * as inputs from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random";
import { problemIf, refuseProblems } from "../../arguments";
import { IMAGES } from "../images";
import { standardLabels } from "../labels";
import { topologySpread } from "../podPlacement";
import { RESTRICTED_CONTAINER, restrictedPod } from "../podSecurity";
import type { ClusterTarget } from "../target";

export interface RedisArgs {
  readonly target: ClusterTarget;
  /** One that is written to, the others copies of it that can be read. @default 3 */
  readonly replicas?: number;
  /** Most memory of the data, MiB; beyond it what was used longest ago goes. @default 512 */
  readonly memoryMb?: number;
  /** @default the cluster's default class */
  readonly storageClass?: string;
}

const NAME = "redis";
const NAMESPACE = "redis";
const PORT = 6379;
const USER = 999;
const SECRET = "redis-password";
const HEADLESS = "redis-members";

/**
 * A cache inside the cluster, for clusters without a managed one: every write is in a log on disk within a second, a
 * restart reads it back, and two copies follow. The first member alone takes writes; while it restarts there are none.
 */
export class Redis extends pulumi.ComponentResource {
  /** Host of the member that takes writes. */
  readonly primaryHost: string;
  /** Host of all members, for reads. */
  readonly readHost: string;
  readonly port = PORT;
  /** Secret in the namespace, with key `password`. */
  readonly passwordSecret = SECRET;

  constructor(name: string, args: RedisArgs, opts?: pulumi.ComponentResourceOptions) {
    const { replicas = 3, memoryMb = 512 } = args;
    refuseProblems("Redis", name, [
      ...problemIf(
        !Number.isInteger(replicas) || replicas < 1 || replicas > 9,
        "replicas",
        `is ${replicas}; give a whole number from 1 to 9.`,
      ),
      ...problemIf(
        !Number.isInteger(memoryMb) || memoryMb < 64 || memoryMb > 65_536,
        "memoryMb",
        `is ${memoryMb}; give whole MiB from 64 to 65536.`,
      ),
    ]);
    super("tideline:kubernetes:Redis", name, {}, opts);
    this.primaryHost = `${NAME}-0.${HEADLESS}.${NAMESPACE}.svc.cluster.local`;
    this.readHost = `${NAME}.${NAMESPACE}.svc.cluster.local`;
    const part = { parent: this, ...(opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}) };
    const labels = standardLabels(NAME);
    const metadata = (resource: string) => ({ name: resource, namespace: NAMESPACE, labels });
    const password = new RandomPassword(`${name}-password`, { length: 40, special: false }, { parent: this });
    const secret = new core.Secret(
      `${name}-secret`,
      { metadata: metadata(SECRET), type: "Opaque", stringData: { password: password.result } },
      part,
    );
    const config = new core.ConfigMap(
      `${name}-config`,
      { metadata: metadata(`${NAME}-config`), data: { "redis.conf": redisConfig(memoryMb) } },
      part,
    );
    const matchLabels = { "app.kubernetes.io/name": NAME };
    const ports = [{ name: "redis", port: PORT, targetPort: "redis", protocol: "TCP" }];
    new core.Service(
      `${name}-members`,
      {
        metadata: metadata(HEADLESS),
        // A member that starts must find the first one before that is ready for anybody else.
        spec: { clusterIP: "None", publishNotReadyAddresses: true, selector: matchLabels, ports },
      },
      part,
    );
    new core.Service(`${name}-service`, { metadata: metadata(NAME), spec: { selector: matchLabels, ports } }, part);
    new policy.PodDisruptionBudget(
      `${name}-budget`,
      { metadata: metadata(NAME), spec: { maxUnavailable: 1, selector: { matchLabels } } },
      part,
    );
    new apps.StatefulSet(
      `${name}-members-set`,
      { metadata: metadata(NAME), spec: statefulSet(args, { replicas, memoryMb }, labels) },
      { parent: this, dependsOn: [secret, config] },
    );
    this.registerOutputs({ primaryHost: this.primaryHost, readHost: this.readHost });
  }
}

/** Settings of every member; the password and who follows whom are added when it starts. */
export function redisConfig(memoryMb: number): string {
  return [
    `port ${PORT}`,
    "bind * -::*",
    "protected-mode yes",
    "dir /data",
    "appendonly yes",
    "appendfsync everysec",
    "aof-use-rdb-preamble yes",
    "save 900 1",
    `maxmemory ${memoryMb}mb`,
    "maxmemory-policy allkeys-lru",
    'rename-command FLUSHALL ""',
    'rename-command DEBUG ""',
    "",
  ].join("\n");
}

/** The whole settings lie in memory, so that the password is on no disk and in no list of processes. */
const START = `
settings() {
  cat /etc/redis/redis.conf
  echo "requirepass $REDIS_PASSWORD"
  echo "masterauth $REDIS_PASSWORD"
  if [ "$HOSTNAME" != "${NAME}-0" ]; then echo "replicaof ${NAME}-0.${HEADLESS} ${PORT}"; fi
}
settings > /run/redis/redis.conf
exec redis-server /run/redis/redis.conf
`.trim();

function statefulSet(
  { target, storageClass }: RedisArgs,
  { replicas, memoryMb }: Required<Pick<RedisArgs, "replicas" | "memoryMb">>,
  labels: Record<string, string>,
): inputs.apps.v1.StatefulSetSpec {
  const matchLabels = { "app.kubernetes.io/name": NAME };
  // The log is rewritten beside the old one, and a child process shares pages only until they change.
  const [memory, disk] = [`${memoryMb * 2}Mi`, `${Math.max(1, Math.ceil((memoryMb * 4) / 1024))}Gi`];
  return {
    serviceName: HEADLESS,
    replicas,
    podManagementPolicy: "OrderedReady",
    selector: { matchLabels },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete", whenScaled: "Retain" },
    template: {
      metadata: { labels },
      spec: {
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        priorityClassName: "tideline-platform",
        terminationGracePeriodSeconds: 30,
        securityContext: restrictedPod(USER),
        topologySpreadConstraints: topologySpread(target, matchLabels).map(
          // Volumes bind a member to its zone, and its hash is the set's, not a template's.
          ({ matchLabelKeys: _, ...constraint }) => ({ ...constraint, whenUnsatisfiable: "ScheduleAnyway" }),
        ),
        containers: [server(memory), exporter()],
        volumes: [
          { name: "config", configMap: { name: `${NAME}-config` } },
          { name: "run", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
        ],
      },
    },
    volumeClaimTemplates: [
      {
        metadata: { name: "data", labels },
        spec: {
          accessModes: ["ReadWriteOnce"],
          resources: { requests: { storage: disk } },
          ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
        },
      },
    ],
  };
}

const PASSWORD = { name: "REDIS_PASSWORD", valueFrom: { secretKeyRef: { name: SECRET, key: "password" } } };

function server(memory: string): inputs.core.v1.Container {
  const command = ["sh", "-c", 'REDISCLI_AUTH="$REDIS_PASSWORD" redis-cli ping | grep -q PONG'];
  const probe = { exec: { command }, timeoutSeconds: 5, periodSeconds: 10 };
  return {
    name: NAME,
    image: IMAGES.redis,
    command: ["sh", "-ec", START],
    env: [PASSWORD],
    ports: [{ name: "redis", containerPort: PORT, protocol: "TCP" }],
    securityContext: RESTRICTED_CONTAINER,
    resources: { requests: { cpu: "100m", memory }, limits: { memory } },
    startupProbe: { ...probe, periodSeconds: 5, failureThreshold: 60 },
    readinessProbe: probe,
    livenessProbe: { ...probe, periodSeconds: 20 },
    volumeMounts: [
      { name: "data", mountPath: "/data" },
      { name: "config", mountPath: "/etc/redis", readOnly: true },
      { name: "run", mountPath: "/run/redis" },
    ],
  };
}

function exporter(): inputs.core.v1.Container {
  return {
    name: "metrics",
    image: IMAGES.redisExporter,
    env: [PASSWORD, { name: "REDIS_ADDR", value: `redis://localhost:${PORT}` }],
    ports: [{ name: "metrics", containerPort: 9121, protocol: "TCP" }],
    securityContext: RESTRICTED_CONTAINER,
    resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "64Mi" } },
  };
}
