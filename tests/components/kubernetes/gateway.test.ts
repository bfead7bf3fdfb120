import { gatewayProblems, TlsGateway, type TlsGatewayArgs } from "../../../components/kubernetes/gateway";
import { clusterTarget, recordKubernetes } from "../../support/kubernetesCluster";

const GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway";
const args: TlsGatewayArgs = { target: clusterTarget(), hostnames: ["models.example.com"], issuer: "public" };

const build = (changes: Partial<TlsGatewayArgs> = {}) =>
  recordKubernetes(() => new TlsGateway("gateway", { ...args, ...changes }));

test("it ends TLS with a certificate of all host names, and sends plain requests to it", async () => {
  const recording = await build();
  expect(recording.one(GATEWAY).inputs).toMatchObject({
    metadata: { name: "tideline", namespace: "gateway" },
    spec: {
      gatewayClassName: "istio",
      listeners: [
        { name: "http", port: 80, protocol: "HTTP" },
        {
          name: "https",
          port: 443,
          protocol: "HTTPS",
          tls: { mode: "Terminate", certificateRefs: [{ name: "tideline-gateway-tls" }] },
          allowedRoutes: { namespaces: { selector: { matchLabels: { "app.kubernetes.io/part-of": "tideline" } } } },
        },
      ],
    },
  });
  expect(recording.one("kubernetes:cert-manager.io/v1:Certificate").inputs.spec).toMatchObject({
    secretName: "tideline-gateway-tls",
    dnsNames: ["models.example.com"],
    duration: "2160h",
    renewBefore: "360h",
    issuerRef: { name: "tideline-public" },
  });
  expect(recording.one("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute").inputs.spec).toMatchObject({
    parentRefs: [{ sectionName: "http" }],
    rules: [{ filters: [{ requestRedirect: { scheme: "https", statusCode: 301 } }] }],
  });
});

test.each([
  ["aws", { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" }],
  ["gcp", { "networking.gke.io/load-balancer-type": "Internal" }],
  ["azure", { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" }],
] as const)("on %s it is inside the network unless it is said to be public", async (cloud, annotations) => {
  const spec = async (settings: TlsGatewayArgs["settings"]) =>
    (await build({ target: clusterTarget({ cloud }), ...(settings ? { settings } : {}) })).one(GATEWAY).inputs.spec;
  expect(await spec(undefined)).toMatchObject({ infrastructure: { annotations } });
  expect(await spec({ public: true })).not.toMatchObject({ infrastructure: { annotations } });
});

test("another controller than Istio is left to the cluster", async () => {
  const charts = async (settings: NonNullable<TlsGatewayArgs["settings"]>) =>
    (await build({ settings })).ofType("kubernetes:helm.sh/v3:Release").map(({ inputs }) => inputs.chart);
  expect(await charts({})).toEqual(["base", "istiod"]);
  expect(await charts({ className: "gke-l7-regional-external-managed" })).toEqual([]);
});

test.each<[readonly string[], string]>([
  [[], "hostnames is empty, so the gateway would lead nowhere; name a model's host, or leave the gateway out."],
  [["https://x"], 'hostnames[0] is "https://x", which is no host name; give one such as models.example.com.'],
])("hostnames %j are refused while planning", (hostnames, text) => {
  expect(gatewayProblems({ ...args, hostnames }).map(({ path, reason }) => `${path} ${reason}`)).toEqual([text]);
});
