import type { AdmissionArgs } from "./admission";
import type { Replicas, ScaleToZero } from "./autoscaling";
import type { ClusterBaseArgs } from "./base";
import type { GatewaySettings } from "./gateway";
import type { GpuSettings } from "./gpu";
import type { ModelReference } from "./modelReference";
import type { MonitoringSettings } from "./monitoring/settings";
import type { OptionalSettings } from "./optionalParts";
import type { PodGpus } from "./podPlacement";
import type { WorkloadResources } from "./podTemplate";
import type { ClusterSize } from "./quotas";
import type { VaultServerArgs } from "./vault/vaultServer";

/** A part that can be left out. */
export interface Part {
  /** @default true */
  readonly enabled?: boolean;
}

/** How one model is served. */
export interface ModelSettings extends ModelReference {
  /** @default by environment */
  readonly replicas?: Replicas;
  readonly resources?: WorkloadResources;
  readonly gpu?: PodGpus;
  /** With GPUs only: no pods while nobody asks. @default always `replicas.min` pods */
  readonly scaleToZero?: Omit<ScaleToZero, "prometheusUrl">;
  /** Host names under which clients outside reach it over HTTPS. @default none */
  readonly hostnames?: readonly string[];
  /** Host names of gRPC, others than those above. @default none */
  readonly grpcHostnames?: readonly string[];
}

/** What goes on a cluster; without a section the part is there in its default size, but for the optional ones. */
export interface KubernetesSettings extends OptionalSettings {
  /** How much the namespaces may take. @default small in dev, medium in staging, large in prod */
  readonly size?: ClusterSize;
  /** Groups of the cluster's sign-in, by what they may do with models. @default none */
  readonly access?: NonNullable<ClusterBaseArgs["access"]>;
  /** Models served, by workload, such as serving; a version is trained and tested before it is named here. @default none */
  readonly models?: Readonly<Record<string, ModelSettings>>;
  readonly drift?: Part & { readonly replicas?: Replicas; readonly resources?: WorkloadResources };
  /** The bundled training job. @default left out */
  readonly training?: Part & {
    /** Model that it makes new versions of. */
    readonly model: string;
    /** CSV file inside the image. @default the bundled example's */
    readonly dataset?: string;
    /** Cron expression in UTC. @default once */
    readonly schedule?: string;
  };
  /** External Secrets; may be left out where the cluster has it already. */
  readonly externalSecrets?: Part;
  /** cert-manager. */
  readonly certificates?: Part & {
    /** Who is told of certificates that end; with it, names of routes get certificates that browsers trust. @default none */
    readonly acmeEmail?: string;
  };
  /** The way in for the models' host names; left out while there are none. */
  readonly gateway?: Part & GatewaySettings;
  /** Prometheus, Grafana, Loki, Tempo and what belongs to them. */
  readonly monitoring?: Part & MonitoringSettings;
  /** Vault; needs cert-manager for its TLS. @default there where the foundation has an identity that may unseal it */
  readonly vault?: Part & Pick<VaultServerArgs, "replicas" | "dataGb" | "auditGb" | "storageClass">;
  /** Rules that the API server holds workloads of ml-platform to. */
  readonly admission?: Part & {
    /** Registries, or paths in them, beside that of the services' image. @default none */
    readonly registries?: readonly string[];
    readonly by?: AdmissionArgs["by"];
  };
  /** GPUs for pods; only where a node pool has some. */
  readonly gpu?: Part & GpuSettings;
  /** Whether the cluster runs the vertical pod autoscaler, which then says what pods should ask for. @default false */
  readonly recommendations?: boolean;
}

/** Whether a part is there. */
export function enabled(part: Part | undefined): boolean {
  return part?.enabled ?? true;
}
