/** What a role may do; verbs and resources are named one by one. */
export interface RoleSpec {
  readonly purpose: string;
  readonly rules: readonly { readonly apiGroups: string[]; readonly resources: string[]; readonly verbs: string[] }[];
}

const READ = ["get", "list", "watch"];

/** Rights of people and pipelines in ml-platform. Nobody reads secrets, and nobody runs commands in pods. */
export const ROLES = {
  "model-viewer": {
    purpose: "sees what runs, and its logs",
    rules: [
      { apiGroups: [""], resources: ["pods", "pods/log", "services", "events", "configmaps"], verbs: READ },
      { apiGroups: ["apps"], resources: ["deployments", "replicasets"], verbs: READ },
      { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: READ },
      { apiGroups: ["batch"], resources: ["jobs", "cronjobs"], verbs: READ },
    ],
  },
  "model-deployer": {
    purpose: "rolls models out and back",
    rules: [
      { apiGroups: [""], resources: ["pods", "pods/log", "services", "events"], verbs: READ },
      { apiGroups: ["apps"], resources: ["deployments"], verbs: [...READ, "create", "update", "patch"] },
      { apiGroups: ["apps"], resources: ["replicasets"], verbs: READ },
      {
        apiGroups: ["autoscaling"],
        resources: ["horizontalpodautoscalers"],
        verbs: [...READ, "create", "update", "patch"],
      },
      { apiGroups: ["batch"], resources: ["jobs"], verbs: [...READ, "create", "delete"] },
    ],
  },
} satisfies Readonly<Record<string, RoleSpec>>;
