import { ArgoCd, type ArgoCdArgs, serverPolicy } from "../../../../components/kubernetes/delivery/argoCd";
import { clusterTarget, objectsOf, recordKubernetes } from "../../../support/kubernetesCluster";

const build = (changes: Partial<ArgoCdArgs> = {}) =>
  recordKubernetes(
    () =>
      new ArgoCd("gitops", {
        target: clusterTarget(),
        repository: "https://git.example.org/ml/cluster.git",
        path: "apps/prod",
        ...changes,
      }),
  );

const object = async (kind: string, changes?: Partial<ArgoCdArgs>, name = "tideline") =>
  objectsOf(await build(changes)).find((found) => found.kind === kind && found.metadata.name === name);

test("one application brings all others from Git, undoes what was changed by hand and removes what is gone", async () => {
  expect(await object("Application", {}, "tideline-root")).toMatchObject({
    metadata: { name: "tideline-root", namespace: "argocd", finalizers: ["resources-finalizer.argocd.argoproj.io"] },
    spec: {
      project: "tideline-root",
      source: { repoURL: "https://git.example.org/ml/cluster.git", path: "apps/prod", targetRevision: "main" },
      syncPolicy: { automated: { prune: true, selfHeal: true }, retry: { limit: 5 } },
    },
  });
});

test("a wave waits until the applications of the one before are well", async () => {
  const { inputs } = (await build()).one("kubernetes:helm.sh/v3:Release");
  const { configs } = inputs.values as { configs: { cm: Record<string, string> } };
  expect(configs.cm["resource.customizations.health.argoproj.io_Application"]).toContain("obj.status.health.status");
  expect(configs.cm["admin.enabled"]).toBe("false");
});

test("what brings applications brings nothing else; they reach two namespaces, and nothing cluster-wide", async () => {
  expect((await object("AppProject", {}, "tideline-root"))?.spec).toMatchObject({
    destinations: [{ namespace: "argocd" }],
    clusterResourceWhitelist: [],
    namespaceResourceWhitelist: [{ group: "argoproj.io", kind: "Application" }],
  });
  expect((await object("AppProject"))?.spec).toMatchObject({
    sourceRepos: ["https://git.example.org/ml/cluster.git"],
    destinations: ["ml-platform", "mlflow"].map((namespace) => ({
      server: "https://kubernetes.default.svc",
      namespace,
    })),
    clusterResourceWhitelist: [],
    roles: [{ name: "deployer" }, { name: "admin" }],
  });
});

test("changes go out in working hours in prod, elsewhere always, or as is said", async () => {
  const windows = async (changes?: Partial<ArgoCdArgs>) => (await object("AppProject", changes))?.spec;
  expect(await windows()).toMatchObject({
    syncWindows: [{ kind: "allow", schedule: "0 8 * * 1-5", duration: "8h", manualSync: true, applications: ["*"] }],
  });
  expect(await windows({ target: clusterTarget({ environment: "dev" }) })).toMatchObject({ syncWindows: [] });
  const freeze = { kind: "deny", schedule: "0 0 24 12 *", duration: "72h", manualSync: false } as const;
  expect(await windows({ windows: [freeze] })).toMatchObject({ syncWindows: [freeze] });
});

test("groups get the project's roles, and who is in none gets nothing", () => {
  expect(serverPolicy({ deployers: ["ml"], admins: ["platform"] })).toBe(
    "g, ml, proj:tideline:deployer\ng, platform, proj:tideline:admin",
  );
  expect(serverPolicy({})).toBe("");
});

test("a namespace from which the cluster could be taken over is refused, and what is no repository or window", async () => {
  await expect(
    build({
      repository: "cluster.git",
      path: "../x",
      namespaces: ["cert-manager"],
      windows: [{ kind: "allow", schedule: "daily", duration: "a day" }],
    }),
  ).rejects.toThrow(
    [
      'ArgoCd "gitops" cannot be planned:',
      '  repository is "cluster.git"; give an https:// or ssh:// address of a Git repository.',
      '  path is "../x"; give a folder inside the repository.',
      '  namespaces[0] is "cert-manager", which is not one of Tideline\'s own; an application there could take the cluster over.',
      '  windows[0].schedule is "daily"; give the five fields of a cron expression.',
      '  windows[0].duration is "a day"; give minutes or hours, such as 90m or 8h.',
    ].join("\n"),
  );
});
