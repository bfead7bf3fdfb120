import { RuntimeSecurity, type RuntimeSecurityArgs } from "../../../../components/kubernetes/security/runtimeSecurity";
import { clusterTarget, objectsOf, recordKubernetes } from "../../../support/kubernetesCluster";

const build = (changes: Partial<RuntimeSecurityArgs> = {}) =>
  recordKubernetes(() => new RuntimeSecurity("watch", { target: clusterTarget(), ...changes }));

const RELEASE = "kubernetes:helm.sh/v3:Release";

test("Falco watches every node, whatever its taints, and tells Alertmanager when there is one", async () => {
  const falco = async (changes?: Partial<RuntimeSecurityArgs>) => (await build(changes)).one(RELEASE, "watch-falco");
  expect((await falco()).inputs.values).toMatchObject({
    driver: { kind: "modern_ebpf" },
    tolerations: [{ operator: "Exists" }],
    falcosidekick: { enabled: false },
  });
  expect((await falco({ alertmanagerUrl: "http://alertmanager:9093" })).inputs.values).toMatchObject({
    falcosidekick: { config: { alertmanager: { hostport: "http://alertmanager:9093" } } },
  });
});

test("nodes are checked each week by a pod that reads what root alone may read, and can write nothing", async () => {
  const [job] = objectsOf(await build());
  expect(job).toMatchObject({
    kind: "CronJob",
    metadata: { namespace: "kube-bench" },
    spec: { schedule: "0 4 * * 1" },
  });
  const text = JSON.stringify(job);
  expect(text).toContain('"capabilities":{"add":["DAC_READ_SEARCH"],"drop":["ALL"]}');
  expect(text).toContain('"eks-1.7.0"');
  expect(text.match(/"readOnly":true/g)).toHaveLength(3);
  expect(text).not.toContain('"privileged":true');
});

test("each part can be left out", async () => {
  const { resources } = await build({ falco: false, trivy: false, benchmark: false });
  expect(resources.filter(({ custom }) => custom)).toEqual([]);
});
