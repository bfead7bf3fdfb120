import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../../arguments";
import { PinnedChart } from "../chart";
import { CHARTS } from "../charts";
import { customResource } from "../customResource";
import { standardLabels } from "../labels";
import { NAMESPACES } from "../namespaces";
import type { IApplication, IAppProject } from "../operatorTypes";
import type { ClusterTarget } from "../target";

/** When Argo CD may change the cluster by itself, or may not. */
export interface SyncWindow {
  readonly kind: "allow" | "deny";
  /** Cron expression of its start, UTC. */
  readonly schedule: string;
  /** Such as 8h. */
  readonly duration: string;
  /** Whether people may sync by hand while it forbids. @default true */
  readonly manualSync?: boolean;
}

export interface ArgoCdArgs {
  readonly target: ClusterTarget;
  /** Git repository of what the cluster runs. */
  readonly repository: string;
  /** Folder with an Application for each part, whose sync waves say the order. */
  readonly path: string;
  /** Branch, tag or commit. @default main */
  readonly revision?: string;
  /** Other repositories that parts may come from, such as chart repositories. @default none */
  readonly moreRepositories?: readonly string[];
  /** Namespaces that parts may be put in. @default ml-platform and mlflow */
  readonly namespaces?: readonly string[];
  /** Groups of the sign-in by what they may do: look and sync, or everything in the project. @default none */
  readonly groups?: { readonly deployers?: readonly string[]; readonly admins?: readonly string[] };
  /** @default in prod changes go out on weekdays from 08:00 for eight hours; elsewhere always */
  readonly windows?: readonly SyncWindow[];
}

const NAMESPACE = "argocd";
const PROJECT = "tideline";
const ROOT = "tideline-root"; // Of the application of applications, which brings applications and nothing else.
const CLUSTER = "https://kubernetes.default.svc";

/** Values of the chart that we set. */
interface ArgoCdValues {
  readonly crds: { readonly install: boolean; readonly keep: boolean };
  readonly "redis-ha": { readonly enabled: boolean };
  readonly controller: object;
  readonly server: object;
  readonly repoServer: object;
  readonly applicationSet: object;
  readonly dex: { readonly enabled: boolean };
  readonly notifications: { readonly enabled: boolean };
  readonly configs: object;
}

/** Argo CD, a project, and one application of applications, which brings the parts in the order of their waves. */
export class ArgoCd extends pulumi.ComponentResource {
  constructor(name: string, args: ArgoCdArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("ArgoCd", name, argoCdProblems(args));
    super("tideline:kubernetes:ArgoCd", name, {}, opts);
    const chart = new PinnedChart<ArgoCdValues>(
      `${name}-chart`,
      { chart: CHARTS.argoCd, namespace: NAMESPACE, values: chartValues(args) },
      { parent: this, ...(opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}) },
    );
    const metadata = (resource: string) => ({
      name: resource,
      namespace: NAMESPACE,
      labels: standardLabels(resource),
      // A project that is deleted with applications in it waits for them; an application takes along what it brought.
      finalizers: ["resources-finalizer.argocd.argoproj.io"],
    });
    const projects = Object.entries({ [PROJECT]: projectSpec(args), [ROOT]: rootProjectSpec(args) }).map(
      ([project, spec]) =>
        customResource<IAppProject>(
          `${name}-${project}`,
          { apiVersion: "argoproj.io/v1alpha1", kind: "AppProject", metadata: metadata(project), spec },
          { parent: this, dependsOn: chart },
        ),
    );
    customResource<IApplication>(
      `${name}-root`,
      {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "Application",
        metadata: metadata(ROOT),
        spec: rootSpec(args),
      },
      { parent: this, dependsOn: projects },
    );
    this.registerOutputs({ project: PROJECT });
  }
}

/** Says of an Application how well it is, so that a wave waits for the applications of the one before. */
const APPLICATION_HEALTH = `
local health = { status = "Progressing", message = "" }
if obj.status ~= nil and obj.status.health ~= nil then
  health.status = obj.status.health.status
  health.message = obj.status.health.message or ""
end
return health
`.trim();

function chartValues({ target, groups = {} }: ArgoCdArgs): ArgoCdValues {
  const prod = target.environment === "prod";
  const resources = (cpu: string, memory: string, limit: string) => ({
    requests: { cpu, memory },
    limits: { memory: limit },
  });
  const replicated = { replicas: prod ? 2 : 1, pdb: { enabled: prod, maxUnavailable: 1 } };
  return {
    crds: { install: true, keep: true },
    "redis-ha": { enabled: prod },
    controller: { resources: resources("250m", "512Mi", "2Gi"), metrics: { enabled: true } },
    server: { ...replicated, resources: resources("100m", "128Mi", "512Mi") },
    repoServer: { ...replicated, resources: resources("100m", "256Mi", "1Gi") },
    applicationSet: { replicas: 0 },
    dex: { enabled: false },
    notifications: { enabled: false },
    configs: {
      params: { "server.insecure": true }, // TLS ends at the gateway.
      cm: {
        "admin.enabled": "false",
        "exec.enabled": "false",
        "application.resourceTrackingMethod": "annotation",
        "resource.customizations.health.argoproj.io_Application": APPLICATION_HEALTH,
      },
      rbac: { "policy.default": "", "policy.csv": serverPolicy(groups), scopes: "[groups]" },
    },
  };
}

/** Groups and what they may do, as Argo CD reads it; who is in none sees nothing. */
export function serverPolicy({ deployers = [], admins = [] }: NonNullable<ArgoCdArgs["groups"]>): string {
  const of = (groups: readonly string[], role: string) => groups.map((group) => `g, ${group}, proj:${PROJECT}:${role}`);
  return [...of(deployers, "deployer"), ...of(admins, "admin")].join("\n");
}

function projectSpec(args: ArgoCdArgs): IAppProject["spec"] {
  const { repository, moreRepositories = [], namespaces = ["ml-platform", "mlflow"], groups = {} } = args;
  const allow = (role: string, actions: readonly string[]) =>
    actions.map((action) => `p, proj:${PROJECT}:${role}, applications, ${action}, ${PROJECT}/*, allow`);
  return {
    description: "What Tideline runs, as its repository says",
    sourceRepos: [repository, ...moreRepositories],
    destinations: namespaces.map((namespace) => ({ server: CLUSTER, namespace })),
    clusterResourceWhitelist: [],
    namespaceResourceBlacklist: [
      { group: "", kind: "ResourceQuota" },
      { group: "", kind: "LimitRange" },
      { group: "networking.k8s.io", kind: "NetworkPolicy" },
    ],
    orphanedResources: { warn: true },
    roles: [
      {
        name: "deployer",
        description: "Sees applications and syncs them",
        policies: allow("deployer", ["get", "sync"]),
        groups: [...(groups.deployers ?? [])],
      },
      {
        name: "admin",
        description: "All of the project",
        policies: allow("admin", ["get", "create", "update", "delete", "sync", "override"]),
        groups: [...(groups.admins ?? [])],
      },
    ],
    syncWindows: (args.windows ?? defaultWindows(args.target)).map(
      ({ kind, schedule, duration, manualSync = true }) => ({
        kind,
        schedule,
        duration,
        manualSync,
        timeZone: "UTC",
        applications: ["*"],
      }),
    ),
  };
}

function rootProjectSpec({ repository }: ArgoCdArgs): IAppProject["spec"] {
  return {
    description: "Brings the applications of project tideline",
    sourceRepos: [repository],
    destinations: [{ server: CLUSTER, namespace: NAMESPACE }],
    clusterResourceWhitelist: [],
    namespaceResourceWhitelist: [{ group: "argoproj.io", kind: "Application" }],
  };
}

function defaultWindows({ environment }: ClusterTarget): readonly SyncWindow[] {
  return environment === "prod" ? [{ kind: "allow", schedule: "0 8 * * 1-5", duration: "8h" }] : [];
}

function rootSpec({ repository, path, revision = "main" }: ArgoCdArgs): IApplication["spec"] {
  return {
    project: ROOT,
    source: { repoURL: repository, path, targetRevision: revision, directory: { recurse: true } },
    destination: { server: CLUSTER, namespace: NAMESPACE },
    syncPolicy: {
      automated: { prune: true, selfHeal: true, allowEmpty: false },
      syncOptions: ["ServerSideApply=true", "PruneLast=true", "ApplyOutOfSyncOnly=true"],
      retry: { limit: 5, backoff: { duration: "10s", factor: 2, maxDuration: "5m" } },
    },
    revisionHistoryLimit: 10,
  };
}

/** All that is wrong with the arguments. */
export function argoCdProblems({
  repository,
  path,
  namespaces = [],
  windows = [],
}: ArgoCdArgs): readonly ArgumentProblem[] {
  return [
    ...problemIf(
      !/^(?:https:\/\/|ssh:\/\/|git@)\S+$/.test(repository),
      "repository",
      `is "${repository}"; give an https:// or ssh:// address of a Git repository.`,
    ),
    ...problemIf(
      path === "" || path.startsWith("/") || path.includes(".."),
      "path",
      `is "${path}"; give a folder inside the repository.`,
    ),
    ...namespaces.flatMap((namespace, index) =>
      problemIf(
        NAMESPACES[namespace]?.kind !== "own",
        `namespaces[${index}]`,
        `is "${namespace}", which is not one of Tideline's own; an application there could take the cluster over.`,
      ),
    ),
    ...windows.flatMap(({ schedule, duration }, index) => [
      ...problemIf(
        schedule.trim().split(/\s+/).length !== 5,
        `windows[${index}].schedule`,
        `is "${schedule}"; give the five fields of a cron expression.`,
      ),
      ...problemIf(
        !/^\d+[mh]$/.test(duration),
        `windows[${index}].duration`,
        `is "${duration}"; give minutes or hours, such as 90m or 8h.`,
      ),
    ]),
  ];
}
