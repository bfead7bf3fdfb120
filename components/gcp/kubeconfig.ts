/** What a kubeconfig of GKE is made of. */
export interface KubeconfigParts {
  readonly clusterName: string;
  readonly project: string;
  /** HTTPS URL of the API server. */
  readonly endpoint: string;
  /** Base64 of the cluster's certificate authority; unset with the DNS endpoint, whose certificate is public. */
  readonly certificateAuthority?: string;
  /** Service account to act as; unset means the caller's own account. */
  readonly impersonate?: string;
}

/**
 * Kubeconfig as JSON text, which YAML readers take. Credentials come from Google's own plugin at each call and last an
 * hour; project and account are said explicitly, so that the caller's gcloud configuration does not matter.
 */
export function kubeconfig(parts: KubeconfigParts): string {
  const { clusterName: name, project, endpoint, certificateAuthority, impersonate } = parts;
  const environment = [
    { name: "CLOUDSDK_CORE_PROJECT", value: project },
    ...(impersonate ? [{ name: "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", value: impersonate }] : []),
  ];
  const server = certificateAuthority
    ? { server: endpoint, "certificate-authority-data": certificateAuthority }
    : { server: endpoint };
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1",
    command: "gke-gcloud-auth-plugin",
    env: environment,
    installHint: "Install it with: gcloud components install gke-gcloud-auth-plugin",
    interactiveMode: "Never",
    provideClusterInfo: true,
  };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: server }],
    users: [{ name, user: { exec } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });
}
