import { PinnedChart, type PinnedChartArgs } from "../../../components/kubernetes/chart";
import { CHARTS } from "../../../components/kubernetes/charts";
import { record } from "../../support/pulumiMocks";

const RELEASE = "kubernetes:helm.sh/v3:Release";

interface Values {
  readonly replicaCount: number;
}

const install = (changes: Partial<PinnedChartArgs<Values>> = {}) =>
  record(
    () =>
      new PinnedChart<Values>("issuer", {
        chart: CHARTS.certManager,
        namespace: "cert-manager",
        values: { replicaCount: 3 },
        ...changes,
      }),
    { types: { [RELEASE]: () => ({}) } },
  );

test("a chart is installed wholly or not at all, at its pinned version, into a namespace that is there", async () => {
  const { resources, result } = await install();
  const [component, release] = resources;
  expect(component?.type).toBe("tideline:kubernetes:PinnedChart");
  expect(release).toMatchObject({ type: RELEASE, parent: component?.urn });
  expect(release?.inputs).toEqual({
    name: "cert-manager",
    chart: "cert-manager",
    repositoryOpts: { repo: "https://charts.jetstack.io" },
    version: CHARTS.certManager.version,
    namespace: "cert-manager",
    createNamespace: false,
    values: { replicaCount: 3 },
    skipCrds: false,
    atomic: true,
    cleanupOnFail: true,
    skipAwait: false,
    waitForJobs: true,
    timeout: 600,
    maxHistory: 5,
    compat: "true",
  });
  expect(result.releaseName).toBe("cert-manager");
  expect(component?.outputs).toEqual({ namespace: "cert-manager", releaseName: "cert-manager" });
});

test("CRDs may be left to Tideline, and the release named and timed by the caller", async () => {
  const { one } = await install({ releaseName: "issuer", timeoutSeconds: 1200, skipCrds: true });
  expect(one(RELEASE).inputs).toMatchObject({ name: "issuer", timeout: 1200, skipCrds: true });
});

test("a chart in an OCI registry is named by its whole address", async () => {
  const { one } = await install({ chart: { repo: "oci://registry.example/charts", chart: "gate", version: "1.2.3" } });
  expect(one(RELEASE).inputs).toMatchObject({ chart: "oci://registry.example/charts/gate", version: "1.2.3" });
  expect(one(RELEASE).inputs.repositoryOpts).toBeUndefined();
});

test("a version that is a range, a name that Helm refuses and a senseless timeout are refused together", async () => {
  await expect(
    install({
      chart: { ...CHARTS.certManager, version: "^1.20.0" },
      releaseName: "Cert_Manager",
      timeoutSeconds: 5,
    }),
  ).rejects.toThrow(
    [
      'PinnedChart "issuer" cannot be planned:',
      '  chart.version is "^1.20.0", which does not name exactly one version; give it as in 1.2.3.',
      '  releaseName is "Cert_Manager"; Helm allows 1 to 53 small letters, digits and inner hyphens.',
      "  timeoutSeconds is 5; give a whole number of seconds from 60 to 3600.",
    ].join("\n"),
  );
});
