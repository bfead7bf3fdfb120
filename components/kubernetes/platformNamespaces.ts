import { ISTIO } from "./gateway";
import { KEDA } from "./kedaOperator";
import { GATEWAY, GPU, VAULT } from "./namespaces";
import { optionalNamespaces } from "./optionalParts";
import type { KubernetesPlatformArgs } from "./platform";
import { enabled, type KubernetesSettings } from "./platformSettings";
import { EXTERNAL_SECRETS } from "./secretsOperator";

/** Parts that a platform has, after what its settings and its node pools say. */
export interface PlatformParts {
  readonly externalSecrets: boolean;
  readonly certificates: boolean;
  readonly monitoring: boolean;
  readonly vault: boolean;
  readonly admission: boolean;
  readonly gpu: boolean;
  readonly keda: boolean;
  readonly gateway: boolean;
  readonly drift: boolean;
}

/** What of a platform is there. */
export function platformParts({
  target: { nodePools },
  foundation: { identities },
  settings,
}: Pick<KubernetesPlatformArgs, "target" | "foundation" | "settings">): PlatformParts {
  const models = Object.values(settings.models ?? {});
  return {
    externalSecrets: enabled(settings.externalSecrets),
    certificates: enabled(settings.certificates),
    monitoring: enabled(settings.monitoring),
    // Without an identity that may use the stack's key it could never unseal itself.
    vault: settings.vault ? enabled(settings.vault) : VAULT in identities,
    admission: enabled(settings.admission),
    gpu: enabled(settings.gpu) && Object.values(nodePools).some(({ gpusPerNode }) => gpusPerNode > 0),
    keda: models.some(({ scaleToZero }) => scaleToZero !== undefined),
    gateway: enabled(settings.gateway) && hostnamesOf(settings).length > 0,
    drift: enabled(settings.drift),
  };
}

/** Every host name under which clients outside reach something. */
export function hostnamesOf({ models = {}, mlflow, signIn }: KubernetesSettings): string[] {
  const served = Object.values(models).flatMap(({ hostnames = [], grpcHostnames = [] }) => [
    ...hostnames,
    ...grpcHostnames,
  ]);
  const pages = mlflow && enabled(mlflow) ? (mlflow.hostnames ?? []) : [];
  return [...served, ...pages, ...(signIn && enabled(signIn) ? [signIn.hostname] : [])];
}

/** Namespaces that the parts need beside the core ones. */
export function platformNamespaces(parts: PlatformParts, settings: KubernetesSettings): string[] {
  return [
    ...(parts.gateway ? [GATEWAY] : []),
    ...(parts.gateway && settings.gateway?.className === undefined ? [ISTIO] : []),
    ...(parts.externalSecrets ? [EXTERNAL_SECRETS] : []),
    ...(parts.certificates ? ["cert-manager"] : []),
    ...(parts.gpu ? [GPU] : []),
    ...(parts.keda ? [KEDA] : []),
    ...optionalNamespaces(settings),
  ];
}
