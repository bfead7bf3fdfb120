/** What a kubeconfig of AKS is made of. */
export interface KubeconfigParts {
  readonly clusterName: string;
  /** HTTPS URL of the API server. */
  readonly endpoint: string;
  /** Base64 of the cluster's certificate authority. */
  readonly certificateAuthority: string;
  readonly tenantId: string;
  /** How kubelogin finds the caller's account. */
  readonly login: KubeloginMode;
}

/** Ways of kubelogin that need no browser. */
export type KubeloginMode = "azurecli" | "workloadidentity" | "msi" | "spn";

/** The application that every AKS API server asks tokens for. Source: kubelogin, "AKS AAD server application". */
const AKS_SERVER = "6dae42f8-4368-4678-94ff-3960e28e3630";

/**
 * Kubeconfig as JSON text, which YAML readers take. Credentials come from kubelogin at each call and last an hour;
 * tenant and kind of login are said explicitly, so that no interactive login is ever begun.
 */
export function kubeconfig({ clusterName: name, endpoint, certificateAuthority, tenantId, login }: KubeconfigParts) {
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1",
    command: "kubelogin",
    args: ["get-token", "--login", login, "--server-id", AKS_SERVER, "--tenant-id", tenantId],
    installHint: "Install it with: az aks install-cli",
    interactiveMode: "Never",
    provideClusterInfo: false,
  };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } }],
    users: [{ name, user: { exec } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });
}

/**
 * The certificate authority in the kubeconfig that Azure gives out, base64 of YAML; it stands nowhere else in AKS's answers.
 * @throws {Error} when there is none.
 */
export function certificateAuthorityIn(kubeconfigBase64: string): string {
  const text = Buffer.from(kubeconfigBase64, "base64").toString("utf8");
  const authority = /certificate-authority-data:\s*"?([A-Za-z0-9+/=]+)/.exec(text)?.[1];
  if (authority === undefined) throw new Error("The kubeconfig that AKS answered with holds no certificate authority.");
  return authority;
}
