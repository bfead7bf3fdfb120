import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../../arguments";
import { PinnedChart } from "../chart";
import { CHARTS } from "../charts";
import { customResource } from "../customResource";
import { standardLabels } from "../labels";
import { ML_PLATFORM, NAMESPACE_LABEL } from "../namespaces";
import { RESTRICTED_CONTAINER } from "../podSecurity";
import type { ClusterTarget } from "../target";
import type { IKafka, IKafkaNodePool, IKafkaTopic } from "./strimziTypes";

/** A topic: how many may read it side by side, and how long what was written is kept. */
export interface TopicSettings {
  /** 1 to 1000; may grow but never shrink. */
  readonly partitions: number;
  /** Days, up to 365. */
  readonly retentionDays: number;
  /** Keeps the newest record of each key for good. @default false */
  readonly compacted?: boolean;
}

export interface KafkaArgs {
  readonly target: ClusterTarget;
  /** Nodes, each broker and controller: 3 or 5. @default 3 */
  readonly nodes?: 3 | 5;
  /** Disk of each node, GiB. @default 100 */
  readonly diskGb?: number;
  /** By name. @default predictions, 12 partitions kept 7 days */
  readonly topics?: Readonly<Record<string, TopicSettings>>;
  /** @default the cluster's default class */
  readonly storageClass?: string;
}

const NAMESPACE = "kafka";
const CLUSTER = "tideline";

/** Values of the chart that we set. */
interface StrimziValues {
  readonly replicas: number;
  readonly watchNamespaces: readonly string[];
  readonly generateNetworkPolicy: boolean;
  readonly resources: object;
  readonly podSecurityContext: object;
  readonly securityContext: object;
  readonly podDisruptionBudget: { readonly enabled: boolean; readonly minAvailable: number };
}

/** Kafka by its operator, Strimzi: nodes over zones, every record on three of them, and the topics that streams watch. */
export class Kafka extends pulumi.ComponentResource {
  /** host:port for clients in ml-platform. */
  readonly brokers: string;

  constructor(name: string, args: KafkaArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("Kafka", name, kafkaProblems(args));
    super("tideline:kubernetes:Kafka", name, {}, opts);
    const { topics = DEFAULT_TOPICS } = args;
    this.brokers = `${CLUSTER}-kafka-bootstrap.${NAMESPACE}.svc.cluster.local:9092`;
    const operator = new PinnedChart<StrimziValues>(
      `${name}-chart`,
      { chart: CHARTS.strimzi, namespace: NAMESPACE, values: chartValues(args.target) },
      { parent: this, ...(opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}) },
    );
    const metadata = (resource: string) => ({
      name: resource,
      namespace: NAMESPACE,
      labels: standardLabels(resource, { "strimzi.io/cluster": CLUSTER }),
    });
    const pool = customResource<IKafkaNodePool>(
      `${name}-nodes`,
      { apiVersion: "kafka.strimzi.io/v1", kind: "KafkaNodePool", metadata: metadata("dual"), spec: poolSpec(args) },
      { parent: this, dependsOn: operator },
    );
    const cluster = customResource<IKafka>(
      `${name}-cluster`,
      { apiVersion: "kafka.strimzi.io/v1", kind: "Kafka", metadata: metadata(CLUSTER), spec: KAFKA_SPEC },
      { parent: this, dependsOn: pool },
    );
    for (const [topic, settings] of Object.entries(topics)) {
      customResource<IKafkaTopic>(
        `${name}-topic-${topic}`,
        { apiVersion: "kafka.strimzi.io/v1", kind: "KafkaTopic", metadata: metadata(topic), spec: topicSpec(settings) },
        { parent: this, dependsOn: cluster },
      );
    }
    this.registerOutputs({ brokers: this.brokers });
  }
}

const DEFAULT_TOPICS: Readonly<Record<string, TopicSettings>> = { predictions: { partitions: 12, retentionDays: 7 } };

function chartValues({ environment }: ClusterTarget): StrimziValues {
  const replicas = environment === "prod" ? 2 : 1;
  return {
    replicas,
    watchNamespaces: [NAMESPACE],
    generateNetworkPolicy: true,
    resources: { requests: { cpu: "200m", memory: "384Mi" }, limits: { memory: "768Mi" } },
    podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    securityContext: RESTRICTED_CONTAINER,
    podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
  };
}

function poolSpec({ nodes = 3, diskGb = 100, storageClass }: KafkaArgs): IKafkaNodePool["spec"] {
  const volume = {
    id: 0,
    type: "persistent-claim" as const,
    size: `${diskGb}Gi`,
    kraftMetadata: "shared" as const,
    // Deleting the cluster by mistake must not delete what was written to it.
    deleteClaim: false,
    ...(storageClass === undefined ? {} : { class: storageClass }),
  };
  return {
    replicas: nodes,
    roles: ["controller", "broker"],
    storage: { type: "jbod", volumes: [volume] },
    resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { memory: "4Gi" } },
  };
}

const KAFKA_SPEC: IKafka["spec"] = {
  kafka: {
    listeners: [
      {
        name: "plain",
        port: 9092,
        type: "internal",
        tls: false,
        // The drift service speaks no TLS to brokers: this listener answers its namespace alone.
        networkPolicyPeers: [{ namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: ML_PLATFORM } } }],
      },
      { name: "tls", port: 9093, type: "internal", tls: true, authentication: { type: "tls" } },
    ],
    rack: { topologyKey: "topology.kubernetes.io/zone" },
    config: {
      "auto.create.topics.enable": false,
      "default.replication.factor": 3,
      "min.insync.replicas": 2,
      "offsets.topic.replication.factor": 3,
      "transaction.state.log.replication.factor": 3,
      "transaction.state.log.min.isr": 2,
      "unclean.leader.election.enable": false,
    },
  },
  entityOperator: { topicOperator: {}, userOperator: {} },
};

const DAY_MS = 86_400_000;

function topicSpec({ partitions, retentionDays, compacted = false }: TopicSettings): IKafkaTopic["spec"] {
  return {
    partitions,
    replicas: 3,
    config: {
      "retention.ms": retentionDays * DAY_MS,
      "cleanup.policy": compacted ? "compact" : "delete",
      "min.insync.replicas": 2,
      "compression.type": "producer",
    },
  };
}

/** All that is wrong with the arguments. */
export function kafkaProblems({ diskGb = 100, topics = {} }: KafkaArgs): readonly ArgumentProblem[] {
  const ofTopics = Object.entries(topics).flatMap(([topic, { partitions, retentionDays }]) => [
    ...problemIf(
      !/^[a-z0-9]([a-z0-9.-]{0,200}[a-z0-9])?$/.test(topic),
      `topics.${topic}`,
      "is no name of a topic; allowed are small letters, digits, inner dots and hyphens.",
    ),
    ...problemIf(
      !Number.isInteger(partitions) || partitions < 1 || partitions > 1000,
      `topics.${topic}.partitions`,
      `is ${partitions}; give a whole number from 1 to 1000.`,
    ),
    ...problemIf(
      !(retentionDays > 0 && retentionDays <= 365),
      `topics.${topic}.retentionDays`,
      `is ${retentionDays}; give days up to 365.`,
    ),
  ]);
  return [
    ...problemIf(
      !Number.isInteger(diskGb) || diskGb < 10 || diskGb > 16_384,
      "diskGb",
      `is ${diskGb}; give whole GiB from 10 to 16384.`,
    ),
    ...ofTopics,
  ];
}
