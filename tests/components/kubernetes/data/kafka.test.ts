import { Kafka, type KafkaArgs } from "../../../../components/kubernetes/data/kafka";
import { clusterTarget, objectsOf, recordKubernetes } from "../../../support/kubernetesCluster";

const build = (changes: Partial<KafkaArgs> = {}) =>
  recordKubernetes(() => new Kafka("kafka", { target: clusterTarget(), ...changes }));

test("three nodes over zones hold every record on three disks that outlive the cluster", async () => {
  const [pool, cluster] = objectsOf(await build());
  expect(pool).toMatchObject({
    apiVersion: "kafka.strimzi.io/v1",
    kind: "KafkaNodePool",
    metadata: { labels: { "strimzi.io/cluster": "tideline" } },
    spec: {
      replicas: 3,
      roles: ["controller", "broker"],
      storage: { volumes: [{ size: "100Gi", deleteClaim: false }] },
    },
  });
  expect(cluster).toMatchObject({
    kind: "Kafka",
    metadata: { name: "tideline" },
    spec: {
      kafka: {
        rack: { topologyKey: "topology.kubernetes.io/zone" },
        config: { "min.insync.replicas": 2, "auto.create.topics.enable": false },
      },
      entityOperator: { topicOperator: {} },
    },
  });
});

test("what is not encrypted answers the namespace of the services alone", async () => {
  const [, cluster] = objectsOf(await build());
  expect(cluster?.spec).toMatchObject({
    kafka: {
      listeners: [
        {
          tls: false,
          networkPolicyPeers: [
            { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ml-platform" } } },
          ],
        },
        { tls: true },
      ],
    },
  });
});

test("topics come after the cluster, with their partitions and for as long as is said", async () => {
  const recording = await build({
    topics: {
      predictions: { partitions: 24, retentionDays: 3 },
      models: { partitions: 1, retentionDays: 365, compacted: true },
    },
  });
  const topics = recording.ofType("kubernetes:kafka.strimzi.io/v1:KafkaTopic");
  expect(topics.map(({ inputs }) => inputs.spec)).toEqual([
    {
      partitions: 24,
      replicas: 3,
      config: {
        "retention.ms": 259_200_000,
        "cleanup.policy": "delete",
        "min.insync.replicas": 2,
        "compression.type": "producer",
      },
    },
    expect.objectContaining({ config: expect.objectContaining({ "cleanup.policy": "compact" }) }),
  ]);
  const cluster = recording.one("kubernetes:kafka.strimzi.io/v1:Kafka").urn;
  for (const { dependencies } of topics) expect(dependencies).toContain(cluster);
  expect(recording.result.brokers).toBe("tideline-kafka-bootstrap.kafka.svc.cluster.local:9092");
});

test("topics that Kafka would not take are refused", async () => {
  await expect(build({ diskGb: 1, topics: { Big_Topic: { partitions: 0, retentionDays: 400 } } })).rejects.toThrow(
    [
      'Kafka "kafka" cannot be planned:',
      "  diskGb is 1; give whole GiB from 10 to 16384.",
      "  topics.Big_Topic is no name of a topic; allowed are small letters, digits, inner dots and hyphens.",
      "  topics.Big_Topic.partitions is 0; give a whole number from 1 to 1000.",
      "  topics.Big_Topic.retentionDays is 400; give days up to 365.",
    ].join("\n"),
  );
});
