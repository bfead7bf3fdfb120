/** What a kubeconfig for EKS says. */
export interface KubeconfigFacts {
  readonly clusterName: string;
  /** HTTPS URL of the API server. */
  readonly endpoint: string;
  /** Certificate of the cluster's authority, base64. */
  readonly certificate: string;
  readonly region: string;
  /** Role to take on first, ARN. @default the caller's own identity */
  readonly roleArn?: string | undefined;
  /** Profile of the AWS CLI. @default the environment's */
  readonly profile?: string | undefined;
}

/** A kubeconfig as JSON text that asks the AWS CLI for a token of fifteen minutes each time. */
export function kubeconfig(facts: KubeconfigFacts): string {
  const { clusterName, endpoint, certificate, region, roleArn, profile } = facts;
  const args = ["eks", "get-token", "--cluster-name", clusterName, "--region", region, "--output", "json"];
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: clusterName, cluster: { server: endpoint, "certificate-authority-data": certificate } }],
    contexts: [{ name: clusterName, context: { cluster: clusterName, user: clusterName } }],
    "current-context": clusterName,
    users: [
      {
        name: clusterName,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1",
            command: "aws",
            args: roleArn === undefined ? args : [...args, "--role-arn", roleArn],
            env: profile === undefined ? null : [{ name: "AWS_PROFILE", value: profile }],
            interactiveMode: "Never",
            provideClusterInfo: false,
          },
        },
      },
    ],
  });
}
