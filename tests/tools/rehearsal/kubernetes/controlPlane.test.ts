import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import type { ApiObject } from "../../../../tools/rehearsal/kubernetes/apiClient";
import { awaitReady } from "../../../../tools/rehearsal/kubernetes/readiness";
import { eventually } from "../../../support/eventually";
import { describeWithKubernetes, type KubeApi } from "../../../support/kubeApi";

jest.setTimeout(180_000);

const READY_MS = 60_000;

const container = {
  name: "main",
  image: "registry.invalid/app@sha256:0",
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    runAsNonRoot: true,
    seccompProfile: { type: "RuntimeDefault" },
  },
};

function deployment(name: string, namespace: string, spec: object, replicas = 2): ApiObject {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

const namespace = (name: string, level = "restricted"): ApiObject => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels: { "pod-security.kubernetes.io/enforce": level } },
});

describeWithKubernetes("a real control plane", (startControlPlane) => {
  let api: KubeApi;
  beforeAll(async () => {
    api = await startControlPlane();
    await api.apply([namespace("work")]);
  });
  afterAll(() => api?.close());

  const reference = ({ apiVersion, kind, metadata: { name, namespace: space } }: ApiObject) => ({
    apiVersion,
    kind,
    name,
    namespace: space,
  });
  const ready = (object: ApiObject, limit = READY_MS) => awaitReady(api.client, reference(object), limit);

  test("runs a deployment's pods on its nodes, and those that ask for a GPU on GPU nodes alone", async () => {
    const gpu = { resources: { limits: { "nvidia.com/gpu": "1" } } };
    const tolerations = [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }];
    const web = deployment("web", "work", { containers: [container] });
    const model = deployment("model", "work", { containers: [{ ...container, ...gpu }], tolerations });
    await api.apply([web, model]);
    expect((await ready(web)).problem).toBeUndefined();
    expect((await ready(model)).problem).toBeUndefined();
    const pods = await api.client.list("v1", "Pod", "work");
    const nodes = (app: string) =>
      pods
        .filter(({ metadata }) => metadata.labels?.app === app)
        .map(({ spec }) => (spec as { nodeName: string }).nodeName);
    expect(nodes("web")).toEqual([expect.stringMatching(/^general-\d$/), expect.stringMatching(/^general-\d$/)]);
    expect(nodes("model")).toEqual([expect.stringMatching(/^gpu-\d$/), expect.stringMatching(/^gpu-\d$/)]);
  });

  test("says why pods cannot be placed", async () => {
    const needy = deployment("needy", "work", { containers: [container], nodeSelector: { "no.such/label": "x" } });
    await api.apply([needy]);
    const { problem } = await ready(needy, 3_000);
    expect(problem).toMatch(/^0 of 2 pods are available/);
    expect(problem).toContain("node(s) didn't match Pod's node affinity/selector");
  });

  test("refuses fields that a kind does not have, and values that it does not allow", async () => {
    const typo = deployment("typo", "work", { containers: [{ ...container, imagePullPolice: "Always" }] });
    expect(await api.refusal(typo)).toContain('.spec.template.spec.containers[name="main"].imagePullPolice');
    const wrong = deployment("wrong", "work", { containers: [container], restartPolicy: "Sometimes" });
    expect(await api.refusal(wrong)).toContain('Unsupported value: "Sometimes"');
    expect(await api.refusal({ ...typo, kind: "Deploymint" })).toBe(
      'no matches for kind "Deploymint" in version "apps/v1"',
    );
    expect(await api.refusal(deployment("fine", "work", { containers: [container] }))).toBe("");
  });

  test("holds a namespace to its Pod Security level", async () => {
    const { securityContext: _, ...bare } = container;
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "bare", namespace: "work" },
      spec: { containers: [bare] },
    };
    expect(await api.refusal(pod)).toContain('violates PodSecurity "restricted:latest"');
    const loose = deployment("loose", "work", { containers: [bare] });
    await api.apply([loose]);
    expect((await ready(loose, 2_000)).problem).toContain('violates PodSecurity "restricted:latest"');
  });

  test("enforces admission policies written in CEL", async () => {
    const policy: ApiObject = {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata: { name: "few-replicas" },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: [
            { apiGroups: ["apps"], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["deployments"] },
          ],
        },
        validations: [{ expression: "object.spec.replicas <= 20", message: "at most 20 replicas" }],
      },
    };
    const binding: ApiObject = {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name: "few-replicas" },
      spec: { policyName: "few-replicas", validationActions: ["Deny"] },
    };
    await api.apply([policy, binding]);
    const many = deployment("many", "work", { containers: [container] }, 21);
    // A policy takes effect a moment after it is there.
    await eventually(async () => expect(await api.refusal(many)).toContain("denied request: at most 20 replicas"));
    expect(await api.refusal(deployment("few", "work", { containers: [container] }, 20))).toBe("");
  });

  test("completes jobs, binds volumes and gives load balancers an address", async () => {
    const job: ApiObject = {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name: "once", namespace: "work" },
      spec: { template: { spec: { restartPolicy: "Never", containers: [container] } } },
    };
    const storage: ApiObject = {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "disk" },
      provisioner: "ebs.csi.aws.com",
      volumeBindingMode: "WaitForFirstConsumer",
    };
    const labels = { app: "store" };
    const store: ApiObject = {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: "store", namespace: "work" },
      spec: {
        replicas: 2,
        serviceName: "store",
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ ...container, volumeMounts: [{ name: "data", mountPath: "/data" }] }] },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: "data" },
            spec: {
              accessModes: ["ReadWriteOnce"],
              storageClassName: "disk",
              resources: { requests: { storage: "1Gi" } },
            },
          },
        ],
      },
    };
    const service: ApiObject = {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "store", namespace: "work" },
      spec: { type: "LoadBalancer", selector: labels, ports: [{ port: 80 }] },
    };
    await api.apply([job, storage, store, service]);
    for (const object of [job, store, service]) expect((await ready(object)).problem).toBeUndefined();
    const claims = await api.client.list("v1", "PersistentVolumeClaim", "work");
    expect(claims.map(({ status }) => (status as { phase: string }).phase)).toEqual(["Bound", "Bound"]);
  });

  test("keeps what a finalizer holds, and empties a deleted namespace", async () => {
    const held: ApiObject = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "held", namespace: "brief", finalizers: ["example.com/hold"] },
    };
    await api.apply([namespace("brief"), held]);
    await api.client.delete({ apiVersion: "v1", kind: "Namespace", name: "brief" });
    const found = await api.client.get(reference(held));
    expect(found?.metadata.finalizers).toEqual(["example.com/hold"]);
    await api.apply([{ ...held, metadata: { name: "held", namespace: "brief", finalizers: [] } }]);
    const brief = { apiVersion: "v1", kind: "Namespace", name: "brief" };
    await eventually(async () => expect(await api.client.get(brief)).toBeUndefined());
  });
});

describeWithKubernetes("closing a control plane", (startControlPlane) => {
  test("leaves no file, and nothing that answers", async () => {
    const before = readdirSync(tmpdir());
    const api = await startControlPlane({ region: "r", pools: {} });
    const { clusters } = JSON.parse(api.kubeconfig) as { clusters: [{ cluster: { server: string } }] };
    await api.close();
    const left = readdirSync(tmpdir()).filter(
      (name) => name.startsWith("tideline-kubernetes-") && !before.includes(name),
    );
    expect(left).toEqual([]);
    await expect(fetch(clusters[0].cluster.server)).rejects.toThrow("fetch failed");
  });
});
