/** Labels as Kubernetes takes them. */
export type Labels = Readonly<Record<string, string>>;

/**
 * Labels of an object that Tideline puts on a cluster: whose part it is, and what it is part of.
 * Source: Kubernetes, "Recommended Labels".
 */
export function standardLabels(app: string, more: Labels = {}): Record<string, string> {
  return {
    "app.kubernetes.io/name": app,
    "app.kubernetes.io/part-of": "tideline",
    "app.kubernetes.io/managed-by": "pulumi",
    ...more,
  };
}
