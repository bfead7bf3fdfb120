/** The operators' own types of their objects. Only types: the packages' code is never loaded, so Node 20 is enough. */
export type { IApplication } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application" with {
  "resolution-mode": "import",
};
export type { IAppProject } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject" with {
  "resolution-mode": "import",
};
export type { IAnalysisTemplate } from "@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/AnalysisTemplate" with {
  "resolution-mode": "import",
};
export type { IRollout } from "@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout" with {
  "resolution-mode": "import",
};
export type { ICertificate } from "@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate" with {
  "resolution-mode": "import",
};
export type { IClusterIssuer } from "@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer" with {
  "resolution-mode": "import",
};
export type { ICluster as IPostgresCluster } from "@kubernetes-models/cloudnative-pg/postgresql.cnpg.io/v1/Cluster" with {
  "resolution-mode": "import",
};
export type { IScheduledBackup } from "@kubernetes-models/cloudnative-pg/postgresql.cnpg.io/v1/ScheduledBackup" with {
  "resolution-mode": "import",
};
export type { IClusterSecretStore } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ClusterSecretStore" with {
  "resolution-mode": "import",
};
export type { IExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret" with {
  "resolution-mode": "import",
};
export type { IHTTPRoute } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute" with {
  "resolution-mode": "import",
};
export type { IDestinationRule } from "@kubernetes-models/istio/networking.istio.io/v1/DestinationRule" with {
  "resolution-mode": "import",
};
export type { IVirtualService } from "@kubernetes-models/istio/networking.istio.io/v1/VirtualService" with {
  "resolution-mode": "import",
};
