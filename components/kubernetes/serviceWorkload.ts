import * as apps from "@pulumi/kubernetes/apps/v1";
import * as autoscaling from "@pulumi/kubernetes/autoscaling/v2";
import * as core from "@pulumi/kubernetes/core/v1";
import * as policy from "@pulumi/kubernetes/policy/v1";
import type * as inputs from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import type { ServiceDescriptor } from "../../services/runtime/descriptor";
import { refuseProblems } from "../arguments";
import type { Workload } from "../contract";
import {
  horizontalScaling,
  type Replicas,
  type ScaledObject,
  type ScaleToZero,
  scaledObject,
  type VerticalPodAutoscaler,
  verticalRecommendation,
} from "./autoscaling";
import { customResource } from "./customResource";
import { cloudSecretsOf } from "./externalSecret";
import { type Labels, standardLabels } from "./labels";
import {
  MODEL_SERVER,
  MODEL_URI_ANNOTATION,
  MODEL_VERSION_LABEL,
  type ModelReference,
  modelUri,
} from "./modelReference";
import { ML_PLATFORM } from "./namespaces";
import { type PodGpus, topologySpread } from "./podPlacement";
import { podTemplate, type WorkloadResources } from "./podTemplate";
import { grpcRoute, httpRoute, type RouteArgs } from "./routes";
import { imageReference, type ServiceImage } from "./serviceImage";
import { type ServiceMonitor, serviceMonitor } from "./serviceMonitor";
import { REPLICAS, workloadProblems } from "./serviceWorkloadProblems";
import type { ClusterTarget } from "./target";
import { containerEnvironment, type WorkloadEnvironment } from "./workloadEnvironment";

export interface ServiceWorkloadArgs extends WorkloadEnvironment {
  readonly target: ClusterTarget;
  /** A descriptor of kind service, with a port `http`. */
  readonly descriptor: ServiceDescriptor;
  readonly image: ServiceImage;
  /** Name of the objects, at most 52 characters. @default the descriptor's */
  readonly workload?: string;
  /** Model that it serves; sets MODEL_NAME and MODEL_VERSION. @default it is no model server */
  readonly model?: ModelReference;
  /** @default 1 to 4 in dev, 2 to 8 in staging, 3 to 20 in prod */
  readonly replicas?: Replicas;
  /** @default the descriptor's */
  readonly resources?: WorkloadResources;
  /** @default none */
  readonly gpu?: PodGpus;
  /** @default there are always `replicas.min` pods */
  readonly scaleToZero?: ScaleToZero;
  /** Where clients outside the cluster reach it. @default nowhere */
  readonly route?: RouteArgs;
  /** What else the cluster has, so that objects are made for it. */
  readonly features: {
    /** Prometheus's operator and the adapter that offers custom metrics. */
    readonly monitoring: boolean;
    /** The vertical autoscaler. */
    readonly recommendations: boolean;
  };
}

/** A bundled service on a cluster: its pods, their name, budget, scaling, scrapes and way in. */
export class ServiceWorkload extends pulumi.ComponentResource implements Workload {
  /** Inside the cluster. */
  readonly url: pulumi.Output<string>;
  /** Name of the Deployment and of the Service. */
  readonly workload: string;
  readonly deployment: apps.Deployment;

  constructor(name: string, args: ServiceWorkloadArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("ServiceWorkload", name, workloadProblems(args));
    super("tideline:kubernetes:ServiceWorkload", name, {}, opts);
    const { target, descriptor, route, features, scaleToZero, workload = descriptor.name } = args;
    const { replicas = REPLICAS[target.environment], secrets = {} } = args;
    const part = { parent: this };
    const metadata = { name: workload, namespace: ML_PLATFORM, labels: labelsOf(args) };
    const selector = selectorOf(args);
    const secretName = `${workload}-secrets`;
    const read = cloudSecretsOf(
      `${name}-secrets`,
      { target, namespace: ML_PLATFORM, secretName, account: descriptor.name, secrets },
      part,
    );
    this.workload = workload;
    this.deployment = new apps.Deployment(
      name,
      { metadata: { ...metadata, annotations: annotationsOf(args) }, spec: deploymentSpec(args, secretName) },
      { parent: this, dependsOn: read },
    );
    new core.Service(name, { metadata, spec: serviceSpec(descriptor, selector) }, part);
    new policy.PodDisruptionBudget(
      name,
      {
        metadata,
        // One after the other; a pod that is not ready must not hold a node back.
        spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: { matchLabels: selector } },
      },
      part,
    );
    this.scale(name, metadata, replicas, scaleToZero, args);
    if (features.monitoring && descriptor.metrics) {
      const spec = serviceMonitor(selector, descriptor.metrics.path);
      customResource<ServiceMonitor>(
        `${name}-monitor`,
        { apiVersion: "monitoring.coreos.com/v1", kind: "ServiceMonitor", metadata, spec },
        part,
      );
    }
    if (route) {
      customResource(`${name}-route`, httpRoute(metadata, descriptor, route), part);
      const grpc = grpcRoute(metadata, descriptor, route);
      if (grpc) customResource(`${name}-grpc-route`, grpc, part);
    }
    this.url = pulumi.output(`http://${workload}.${ML_PLATFORM}.svc.cluster.local:${descriptor.ports.http?.default}`);
    this.registerOutputs({ url: this.url });
  }

  private scale(
    name: string,
    metadata: { readonly name: string; readonly namespace: string; readonly labels: Record<string, string> },
    replicas: Replicas,
    scaleToZero: ScaleToZero | undefined,
    { descriptor, features }: ServiceWorkloadArgs,
  ): void {
    const part = { parent: this };
    if (scaleToZero) {
      const spec = scaledObject(metadata.name, metadata.namespace, replicas.max, scaleToZero);
      customResource<ScaledObject>(
        `${name}-scaling`,
        { apiVersion: "keda.sh/v1alpha1", kind: "ScaledObject", metadata, spec },
        part,
      );
    } else {
      const spec = horizontalScaling(metadata.name, replicas, descriptor.scaling, features.monitoring);
      new autoscaling.HorizontalPodAutoscaler(name, { metadata, spec }, part);
    }
    if (!features.recommendations) return;
    customResource<VerticalPodAutoscaler>(
      `${name}-recommendation`,
      {
        apiVersion: "autoscaling.k8s.io/v1",
        kind: "VerticalPodAutoscaler",
        metadata,
        spec: verticalRecommendation(metadata.name),
      },
      part,
    );
  }
}

function selectorOf({ descriptor, workload = descriptor.name }: ServiceWorkloadArgs): Record<string, string> {
  return { "app.kubernetes.io/name": descriptor.name, "app.kubernetes.io/instance": workload };
}

function labelsOf(args: ServiceWorkloadArgs): Record<string, string> {
  const model: Labels = args.model ? { ...MODEL_SERVER, [MODEL_VERSION_LABEL]: args.model.version } : {};
  return standardLabels(args.descriptor.name, { ...selectorOf(args), ...model });
}

function annotationsOf({ model }: ServiceWorkloadArgs): Record<string, string> {
  return model ? { [MODEL_URI_ANNOTATION]: modelUri(model) } : {};
}

/** Without replicas: they are the autoscaler's, and setting them would undo its work at every update. */
function deploymentSpec(args: ServiceWorkloadArgs, secretName: string): inputs.apps.v1.DeploymentSpec {
  const { target, descriptor, model, environment, secrets = {}, resources, gpu } = args;
  const matchLabels = selectorOf(args);
  const variables = model ? { MODEL_NAME: model.name, MODEL_VERSION: model.version, ...environment } : environment;
  const template = podTemplate({
    target,
    descriptor,
    image: imageReference(args.image),
    account: descriptor.name,
    priority: model ? "tideline-serving" : "tideline-platform",
    environment: containerEnvironment(descriptor, { environment: variables, secrets }, secretName),
    labels: labelsOf(args),
    annotations: annotationsOf(args),
    ...(resources ? { resources } : {}),
    ...(gpu ? { gpu } : {}),
  });
  return {
    selector: { matchLabels },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
    minReadySeconds: 10,
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 5,
    template: {
      ...template,
      spec: { ...template.spec, topologySpreadConstraints: topologySpread(target, matchLabels) },
    },
  };
}

/** How proxies speak to a port. Source: Kubernetes, "Application protocol" of a Service. */
const APP_PROTOCOLS = { http: "http", grpc: "kubernetes.io/h2c", postgres: undefined } as const;

function serviceSpec(descriptor: ServiceDescriptor, selector: Record<string, string>): inputs.core.v1.ServiceSpec {
  return {
    type: "ClusterIP",
    selector,
    ports: Object.entries(descriptor.ports).map(([name, { default: port, protocol }]) => {
      const appProtocol = APP_PROTOCOLS[protocol];
      return { name, port, targetPort: name, protocol: "TCP", ...(appProtocol ? { appProtocol } : {}) };
    }),
  };
}
