import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "../contract";
import { Kafka, type KafkaArgs } from "./data/kafka";
import { Mlflow, type MlflowArgs } from "./data/mlflow";
import { Postgres, type PostgresArgs } from "./data/postgres";
import { Redis, type RedisArgs } from "./data/redis";
import { ArgoCd, type ArgoCdArgs } from "./delivery/argoCd";
import { ArgoRollouts } from "./delivery/argoRollouts";
import { TrainingPipeline, type TrainingPipelineArgs } from "./delivery/trainingPipeline";
import { enabled, type Part } from "./platformSettings";
import { Chaos, type ChaosArgs } from "./resilience/chaos";
import { Velero, type VeleroArgs } from "./resilience/velero";
import { OAuth2Proxy, type OAuth2ProxyArgs } from "./security/oauth2Proxy";
import { RuntimeSecurity, type RuntimeSecurityArgs } from "./security/runtimeSecurity";
import type { ClusterTarget } from "./target";

/** Parts that are there when their section is, unless it says `enabled: false`; an empty section takes the defaults. */
export interface OptionalSettings {
  readonly mlflow?: Part & Omit<MlflowArgs, "target" | "database" | "artifactsUrl">;
  /** A cache inside the cluster, where there is no managed one. */
  readonly redis?: Part & Omit<RedisArgs, "target">;
  readonly kafka?: Part & Omit<KafkaArgs, "target">;
  /** A database inside the cluster, where there is no managed one. */
  readonly postgres?: Part & Omit<PostgresArgs, "target" | "backupUrl" | "identity">;
  readonly argoCd?: Part & Omit<ArgoCdArgs, "target">;
  /** What releases models by canaries. */
  readonly argoRollouts?: Part;
  readonly trainingPipeline?: Part & Omit<TrainingPipelineArgs, "target">;
  readonly backups?: Part & Omit<VeleroArgs, "target" | "storeUrl" | "identity">;
  readonly chaos?: Part & Omit<ChaosArgs, "target">;
  readonly runtimeSecurity?: Part & Omit<RuntimeSecurityArgs, "target">;
  readonly signIn?: Part & Omit<OAuth2ProxyArgs, "target">;
}

export interface OptionalPartsArgs {
  readonly target: ClusterTarget;
  readonly foundation: Pick<Foundation, "database" | "objects" | "identities">;
  readonly settings: OptionalSettings;
}

/** Namespaces of each part, beside the core ones. */
const NAMESPACES_OF: Readonly<Record<keyof OptionalSettings, readonly string[]>> = {
  mlflow: [],
  redis: ["redis"],
  kafka: ["kafka"],
  postgres: ["cnpg"],
  argoCd: ["argocd"],
  argoRollouts: ["argo-rollouts"],
  trainingPipeline: ["tekton-pipelines"],
  backups: ["velero"],
  chaos: ["chaos-mesh"],
  runtimeSecurity: ["falco", "trivy-system", "kube-bench"],
  signIn: ["oauth2-proxy"],
};

/** Whether a part is there: its section is, and does not switch it off. */
function there<P extends Part>(part: P | undefined): part is P {
  return part !== undefined && enabled(part);
}

/** Namespaces that must be there before the parts. */
export function optionalNamespaces(settings: OptionalSettings): string[] {
  const parts = Object.keys(NAMESPACES_OF) as (keyof OptionalSettings)[];
  return parts.flatMap((part) => (there(settings[part]) ? NAMESPACES_OF[part] : []));
}

/** Data, delivery, resilience and security of a cluster, as far as its settings name them. */
export class OptionalParts extends pulumi.ComponentResource {
  /** Address of MLflow inside the cluster; undefined without it. */
  readonly mlflowUrl: string | undefined;
  /** host:port of Kafka; undefined without it. */
  readonly kafkaBrokers: string | undefined;
  /** Where the drift service asks for retraining; undefined without a training pipeline. */
  readonly retrainUrl: string | undefined;

  constructor(name: string, args: OptionalPartsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:kubernetes:OptionalParts", name, {}, opts);
    const options = { parent: this, ...(opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}) };
    const { target, settings } = args;
    const { redis, kafka, argoCd, argoRollouts, trainingPipeline, chaos, runtimeSecurity, signIn } = settings;
    if (there(redis)) new Redis(`${name}-redis`, { target, ...redis }, options);
    if (there(kafka)) this.kafkaBrokers = new Kafka(`${name}-kafka`, { target, ...kafka }, options).brokers;
    if (there(argoCd)) new ArgoCd(`${name}-argocd`, { target, ...argoCd }, options);
    if (there(argoRollouts)) new ArgoRollouts(`${name}-rollouts`, { target }, options);
    if (there(trainingPipeline)) {
      this.retrainUrl = new TrainingPipeline(`${name}-pipeline`, { target, ...trainingPipeline }, options).retrainUrl;
    }
    if (there(chaos)) new Chaos(`${name}-chaos`, { target, ...chaos }, options);
    if (there(runtimeSecurity)) new RuntimeSecurity(`${name}-watch`, { target, ...runtimeSecurity }, options);
    if (there(signIn)) new OAuth2Proxy(`${name}-sign-in`, { target, ...signIn }, options);
    this.mlflowUrl = createStored(name, args, options);
    const { mlflowUrl, kafkaBrokers, retrainUrl } = this;
    this.registerOutputs({ mlflowUrl, kafkaBrokers, retrainUrl });
  }
}

/** The parts that keep something in the foundation's stores; returns where MLflow is, if it is. */
function createStored(
  name: string,
  { target, foundation, settings }: OptionalPartsArgs,
  options: pulumi.ComponentResourceOptions,
): string | undefined {
  const { database, objects, identities } = foundation;
  const { mlflow, postgres, backups } = settings;
  if (there(postgres)) {
    const identity = identities.cnpg;
    new Postgres(
      `${name}-postgres`,
      { target, backupUrl: objects.artifactsUrl, ...postgres, ...(identity ? { identity } : {}) },
      options,
    );
  }
  if (there(backups)) {
    const identity = identities.velero;
    if (!identity) {
      throw new pulumi.InputPropertyError({
        propertyPath: "settings.backups",
        reason:
          'needs an identity "velero" of the foundation that may write to the object store; there is none. Leave backups out, or give the foundation that workload.',
      });
    }
    new Velero(`${name}-velero`, { target, storeUrl: objects.artifactsUrl, identity, ...backups }, options);
  }
  if (!there(mlflow)) return undefined;
  const args = { target, database, artifactsUrl: objects.artifactsUrl, ...mlflow };
  return new Mlflow(`${name}-mlflow`, args, options).url;
}
