import * as core from "@pulumi/kubernetes/core/v1";
import * as rbac from "@pulumi/kubernetes/rbac/v1";
import * as scheduling from "@pulumi/kubernetes/scheduling/v1";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { Identity } from "../contract";
import { ROLES, type RoleSpec } from "./accessRoles";
import { standardLabels } from "./labels";
import { CORE_NAMESPACES, ML_PLATFORM, NAMESPACES, namespaceLabels } from "./namespaces";
import { NetworkPolicies } from "./networkPolicies";
import { PRIORITIES } from "./priorities";
import { type ClusterSize, LIMITS, quotaOf } from "./quotas";
import { SERVICE_ACCOUNTS } from "./serviceAccounts";
import type { ClusterTarget } from "./target";

export interface ClusterBaseArgs {
  readonly target: ClusterTarget;
  /** Namespaces besides the core ones, of those in NAMESPACES. @default none */
  readonly namespaces?: readonly string[];
  /** How much the namespaces may take. @default "small" in dev, "medium" in staging, "large" in prod */
  readonly size?: ClusterSize;
  /** Cloud identities by workload; the service account of that name takes each on. @default none */
  readonly identities?: Readonly<Record<string, Pick<Identity, "serviceAccountAnnotations">>>;
  /** Groups of the cluster's sign-in, by what they may do in ml-platform. @default none */
  readonly access?: Readonly<Partial<Record<keyof typeof ROLES, readonly string[]>>>;
}

/** What every cluster has: namespaces with levels, quotas, priorities, accounts, roles, and networks that refuse. */
export class ClusterBase extends pulumi.ComponentResource {
  /** By name; what stands in one is made after it. */
  readonly namespaces: Readonly<Record<string, core.Namespace>>;
  /** By workload, such as serving. */
  readonly serviceAccounts: Readonly<Record<string, core.ServiceAccount>>;
  readonly networkPolicies: NetworkPolicies;

  constructor(name: string, args: ClusterBaseArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("ClusterBase", name, baseProblems(args));
    super("tideline:kubernetes:ClusterBase", name, {}, opts);
    const { target, size = SIZES[target.environment] } = args;
    const names = [...new Set([...CORE_NAMESPACES, ...(args.namespaces ?? [])])];
    this.namespaces = Object.fromEntries(names.map((made) => [made, createNamespace(this, name, made)]));
    for (const [priority, spec] of Object.entries(PRIORITIES)) {
      new scheduling.PriorityClass(
        `${name}-${priority}`,
        { metadata: { name: priority, labels: standardLabels(priority) }, ...spec },
        { parent: this },
      );
    }
    for (const made of CORE_NAMESPACES) this.limit(name, made, size);
    this.serviceAccounts = this.createAccounts(name, names, args.identities ?? {});
    for (const [role, groups] of Object.entries(args.access ?? {})) {
      this.grant(name, role, ROLES[role as keyof typeof ROLES], groups);
    }
    this.networkPolicies = new NetworkPolicies(
      `${name}-network`,
      { target, namespaces: names },
      { parent: this, dependsOn: Object.values(this.namespaces) },
    );
    this.registerOutputs({ namespaces: names });
  }

  private limit(name: string, namespace: string, size: ClusterSize): void {
    const options = { parent: this, dependsOn: this.space(namespace) };
    const metadata = { name: "tideline", namespace, labels: standardLabels(namespace) };
    new core.ResourceQuota(
      `${name}-${namespace}-quota`,
      { metadata, spec: { hard: quotaOf(namespace, size) } },
      options,
    );
    new core.LimitRange(`${name}-${namespace}-limits`, { metadata, spec: { limits: [LIMITS] } }, options);
  }

  private createAccounts(name: string, namespaces: readonly string[], identities: ClusterBaseArgs["identities"] = {}) {
    const wanted = Object.entries(SERVICE_ACCOUNTS).filter(([, { namespace }]) => namespaces.includes(namespace));
    return Object.fromEntries(
      wanted.map(([workload, { namespace, account, apiToken = false }]) => [
        workload,
        new core.ServiceAccount(
          `${name}-${workload}-account`,
          {
            metadata: {
              name: account,
              namespace,
              labels: standardLabels(workload),
              annotations: identities[workload]?.serviceAccountAnnotations ?? {},
            },
            automountServiceAccountToken: apiToken,
          },
          { parent: this, dependsOn: this.space(namespace) },
        ),
      ]),
    );
  }

  private grant(name: string, role: string, { rules }: RoleSpec, groups: readonly string[]): void {
    const options = { parent: this, dependsOn: this.space(ML_PLATFORM) };
    const metadata = { name: role, namespace: ML_PLATFORM, labels: standardLabels(role) };
    const made = new rbac.Role(`${name}-${role}`, { metadata, rules: rules.map((rule) => ({ ...rule })) }, options);
    if (groups.length === 0) return;
    new rbac.RoleBinding(
      `${name}-${role}-groups`,
      {
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: made.metadata.name },
        subjects: groups.map((group) => ({ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: group })),
      },
      options,
    );
  }

  private space(namespace: string): core.Namespace[] {
    const made = this.namespaces[namespace];
    return made ? [made] : [];
  }
}

/** How much a cluster's namespaces take, unless it is said. */
const SIZES: Readonly<Record<ClusterTarget["environment"], ClusterSize>> = {
  dev: "small",
  staging: "medium",
  prod: "large",
};

function createNamespace(parent: ClusterBase, name: string, namespace: string): core.Namespace {
  const spec = NAMESPACES[namespace];
  if (!spec) throw new Error(`There is no namespace ${namespace} in NAMESPACES.`);
  const why = spec.level === "restricted" ? {} : { "tideline.dev/pod-security-because": spec.because };
  return new core.Namespace(
    `${name}-${namespace}`,
    {
      metadata: {
        name: namespace,
        labels: namespaceLabels(namespace, spec),
        annotations: { "tideline.dev/purpose": spec.purpose, ...why },
      },
    },
    { parent },
  );
}

/** All that is wrong with the arguments. */
export function baseProblems({ namespaces = [], identities = {} }: ClusterBaseArgs): readonly ArgumentProblem[] {
  return [
    ...namespaces.flatMap((name, index) =>
      problemIf(
        !(name in NAMESPACES),
        `namespaces[${index}]`,
        `is "${name}", which has no Pod Security level; allowed are ${Object.keys(NAMESPACES).join(", ")}.`,
      ),
    ),
    ...Object.keys(identities).flatMap((workload) =>
      problemIf(
        !(workload in SERVICE_ACCOUNTS),
        `identities.${workload}`,
        `has no service account; allowed are ${Object.keys(SERVICE_ACCOUNTS).join(", ")}.`,
      ),
    ),
  ];
}
