import * as pulumi from "@pulumi/pulumi";
import { baseProblems, ClusterBase, type ClusterBaseArgs } from "../../../components/kubernetes/base";
import { NAMESPACES } from "../../../components/kubernetes/namespaces";
import { KUBERNETES_RULES } from "../../../policies/kubernetes";
import { clusterTarget, recordKubernetes, violations } from "../../support/kubernetesCluster";

function build(changes: Partial<ClusterBaseArgs> = {}) {
  return new ClusterBase("base", { target: clusterTarget(), ...changes });
}

const annotations = (arn: string) => pulumi.output<Record<string, string>>({ "eks.amazonaws.com/role-arn": arn });

test("every core namespace has a level, a quota, limits, and refuses traffic that nobody asked for", async () => {
  const recording = await recordKubernetes(() => build());
  const namespaces = recording.ofType("kubernetes:core/v1:Namespace");
  expect(namespaces.map(({ inputs }) => (inputs.metadata as { name: string }).name).sort()).toEqual(
    ["logging", "mlflow", "ml-platform", "monitoring", "vault"].sort(),
  );
  expect(recording.ofType("kubernetes:core/v1:ResourceQuota")).toHaveLength(5);
  expect(recording.ofType("kubernetes:core/v1:LimitRange")).toHaveLength(5);
  expect(recording.one("kubernetes:core/v1:Namespace", "base-ml-platform").inputs.metadata).toMatchObject({
    labels: {
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/warn": "restricted",
      "pod-security.kubernetes.io/audit": "restricted",
    },
  });
  expect(violations(recording, KUBERNETES_RULES)).toEqual([]);
});

test("a level below restricted says what forces it, on the namespace too", async () => {
  const recording = await recordKubernetes(() => build({ namespaces: Object.keys(NAMESPACES) }));
  const found = recording.ofType("kubernetes:core/v1:Namespace").map(({ inputs }) => inputs.metadata) as {
    name: string;
    labels: Record<string, string>;
    annotations: Record<string, string>;
  }[];
  expect(found).toHaveLength(Object.keys(NAMESPACES).length);
  for (const { name, labels, annotations } of found) {
    const restricted = labels["pod-security.kubernetes.io/enforce"] === "restricted";
    expect([name, annotations["tideline.dev/pod-security-because"] === undefined]).toEqual([name, restricted]);
  }
  expect(violations(recording, KUBERNETES_RULES)).toEqual([]);
});

test("service accounts take on the cloud's identities, and get no token of the API server unasked", async () => {
  const recording = await recordKubernetes(() =>
    build({ identities: { serving: { serviceAccountAnnotations: annotations("arn:serving") } } }),
  );
  expect(recording.one("kubernetes:core/v1:ServiceAccount", "base-serving-account").inputs).toMatchObject({
    metadata: {
      name: "serving",
      namespace: "ml-platform",
      annotations: { "eks.amazonaws.com/role-arn": "arn:serving" },
    },
    automountServiceAccountToken: false,
  });
  const accounts = recording.ofType("kubernetes:core/v1:ServiceAccount");
  const withToken = accounts.filter(({ inputs }) => inputs.automountServiceAccountToken === true);
  expect(withToken.map(({ name }) => name)).toEqual(["base-vault-account"]);
});

test("roles name verbs and resources, read no secrets, and go to groups", async () => {
  const recording = await recordKubernetes(() =>
    build({ access: { "model-viewer": ["data-science"], "model-deployer": ["ml-engineering"] } }),
  );
  const roles = recording.ofType("kubernetes:rbac.authorization.k8s.io/v1:Role");
  expect(roles).toHaveLength(2);
  const granted = roles.flatMap(({ inputs }) => inputs.rules as { resources: string[]; verbs: string[] }[]);
  const words = granted.flatMap(({ resources, verbs }) => [...resources, ...verbs]);
  for (const forbidden of ["*", "secrets", "pods/exec", "bind", "escalate", "impersonate"]) {
    expect(words).not.toContain(forbidden);
  }
  expect(
    recording.one("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "base-model-deployer-groups").inputs,
  ).toMatchObject({
    metadata: { namespace: "ml-platform" },
    roleRef: { kind: "Role", name: "model-deployer" },
    subjects: [{ kind: "Group", name: "ml-engineering" }],
  });
  expect(violations(recording, KUBERNETES_RULES)).toEqual([]);
});

test("sizes go with the environment, and prod's model servers come before batch work", async () => {
  const [dev, prod] = [
    await recordKubernetes(() => build({ target: clusterTarget({ environment: "dev" }) })),
    await recordKubernetes(() => build()),
  ];
  const hard = (recording: typeof dev) =>
    recording.one("kubernetes:core/v1:ResourceQuota", "base-ml-platform-quota").inputs.spec;
  expect(hard(dev)).toMatchObject({ hard: { "requests.cpu": "16", "requests.nvidia.com/gpu": "2" } });
  expect(hard(prod)).toMatchObject({ hard: { "requests.cpu": "256", "requests.nvidia.com/gpu": "64" } });
  const classes = prod.ofType("kubernetes:scheduling.k8s.io/v1:PriorityClass").map(({ inputs }) => inputs.value);
  expect(classes).toEqual([1_000_000, 900_000, 100_000]);
});

test.each<[Partial<ClusterBaseArgs>, string]>([
  [
    { namespaces: ["games"] },
    `namespaces[0] is "games", which has no Pod Security level; allowed are ${Object.keys(NAMESPACES).join(", ")}.`,
  ],
  [
    { identities: { games: { serviceAccountAnnotations: annotations("x") } } },
    "identities.games has no service account; allowed are serving, training, drift, mlflow, vault.",
  ],
])("wrong arguments are refused while planning, %#", (changes, text) => {
  const problems = baseProblems({ target: clusterTarget(), ...changes });
  expect(problems.map(({ path, reason }) => `${path} ${reason}`)).toEqual([text]);
});
