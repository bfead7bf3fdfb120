/** Objects of Strimzi as far as we use them. Source: strimzi.io, API reference, group kafka.strimzi.io version v1. */
export interface IKafka {
  readonly apiVersion: "kafka.strimzi.io/v1";
  readonly kind: "Kafka";
  readonly spec: {
    readonly kafka: {
      readonly listeners: readonly KafkaListener[];
      readonly rack: { readonly topologyKey: string };
      readonly config: Readonly<Record<string, string | number | boolean>>;
    };
    readonly entityOperator: { readonly topicOperator: object; readonly userOperator: object };
  };
}

interface KafkaListener {
  readonly name: string;
  readonly port: number;
  readonly type: "internal";
  readonly tls: boolean;
  readonly authentication?: { readonly type: "tls" | "scram-sha-512" };
  readonly networkPolicyPeers?: readonly {
    readonly namespaceSelector: { readonly matchLabels: Readonly<Record<string, string>> };
  }[];
}

export interface IKafkaNodePool {
  readonly apiVersion: "kafka.strimzi.io/v1";
  readonly kind: "KafkaNodePool";
  readonly spec: {
    readonly replicas: number;
    readonly roles: readonly ("controller" | "broker")[];
    readonly storage: {
      readonly type: "jbod";
      readonly volumes: readonly {
        readonly id: number;
        readonly type: "persistent-claim";
        readonly size: string;
        readonly class?: string;
        readonly kraftMetadata: "shared";
        readonly deleteClaim: boolean;
      }[];
    };
    readonly resources: {
      readonly requests: Readonly<Record<string, string>>;
      readonly limits: Readonly<Record<string, string>>;
    };
  };
}

export interface IKafkaTopic {
  readonly apiVersion: "kafka.strimzi.io/v1";
  readonly kind: "KafkaTopic";
  readonly spec: {
    readonly partitions: number;
    readonly replicas: number;
    readonly config: Readonly<Record<string, string | number>>;
  };
}
