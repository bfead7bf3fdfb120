import { FLOWS, type Flow, type FlowPort, type IdentityServer, type Peer } from "../../../components/kubernetes/flows";
import { NAMESPACES } from "../../../components/kubernetes/namespaces";
import { NetworkPolicies, networkPolicies } from "../../../components/kubernetes/networkPolicies";
import { record } from "../../support/pulumiMocks";
import { type Endpoint, reaches } from "../../support/reachability";

const target = { cloud: "aws", networkCidr: "10.0.0.0/16" } as const;
const namespaces = Object.keys(NAMESPACES);

function pod(namespace: string, name: string, address = "10.0.1.5"): Endpoint {
  return { name: `${namespace}/${name}`, pod: { namespace, labels: { "app.kubernetes.io/name": name } }, address };
}

const outside = {
  internet: { name: "internet", address: "203.0.113.7" },
  database: { name: "database", address: "10.0.9.9" },
  metadata: { name: "node metadata", address: "169.254.169.254" },
  identity: { name: "identity server", address: "169.254.170.23" },
} satisfies Record<string, Endpoint>;

/** One pod for each end of a flow, one stranger in each namespace, and one in a namespace of nobody's. */
function endpoints(): Endpoint[] {
  const named = FLOWS.flatMap(({ from, to }) => [from, to]).flatMap((peer) =>
    peer.kind === "pods" && peer.labels ? [pod(peer.namespace, peer.labels["app.kubernetes.io/name"] ?? "")] : [],
  );
  const strangers = [...namespaces, "somebody"].map((namespace) => pod(namespace, "stranger"));
  const all = [...named, ...strangers, ...Object.values(outside)];
  return [...new Map(all.map((endpoint) => [endpoint.name, endpoint])).values()];
}

const PORTS: readonly FlowPort[] = [
  ...new Set([22, 3000, ...FLOWS.flatMap(({ ports }) => ports.map(({ port }) => port))].filter((port) => port > 0)),
].map((port) => ({ port }));

/** What the data says, read without any policy: both ends and the port are named by one flow. */
function wanted(flows: readonly Flow[], from: Endpoint, to: Endpoint, port: number): boolean {
  return flows.some(
    (flow) =>
      isMeant(flow.from, from) &&
      isMeant(flow.to, to) &&
      (flow.to.kind === "identityServer"
        ? port === 80
        : flow.ports.some((open) => open.port === 0 || open.port === port)),
  );
}

/** Addresses are meant for what is outside; a pod that happens to have one must be named. */
function isMeant(peer: Peer | IdentityServer, endpoint: Endpoint): boolean {
  return (peer.kind === "pods" || endpoint.pod === undefined) && isEnd(peer, endpoint);
}

function isEnd(peer: Peer | IdentityServer, { pod: found, address }: Endpoint): boolean {
  if (peer.kind === "network") return address.startsWith("10.0.");
  if (peer.kind === "anywhere") return !address.startsWith("169.254.");
  if (peer.kind === "identityServer") return address === "169.254.170.23";
  if (found?.namespace !== peer.namespace) return false;
  return Object.entries(peer.labels ?? {}).every(([key, value]) => found.labels[key] === value);
}

/** Each side of a packet is judged alone, so two flows can meet: one that sends anywhere, one that takes from anywhere. */
function allowedByTwo(from: Endpoint, to: Endpoint, port: number): boolean {
  const sends = !ours(from) || FLOWS.some((flow) => isEnd(flow.from, from) && covers(flow, port) && isEnd(flow.to, to));
  const takes = !ours(to) || FLOWS.some((flow) => isEnd(flow.to, to) && covers(flow, port) && isEnd(flow.from, from));
  return sends && takes;
}

const ours = ({ pod: found }: Endpoint) => found !== undefined && namespaces.includes(found.namespace);

function covers(flow: Flow, port: number): boolean {
  if (flow.to.kind === "identityServer") return port === 80;
  return flow.ports.some((open) => open.port === 0 || open.port === port);
}

test("every flow that is wanted passes, and every other pair of ends and ports is refused", () => {
  const policies = networkPolicies({ target, namespaces });
  const wrong: string[] = [];
  let [passed, refused] = [0, 0];
  for (const from of endpoints()) {
    for (const to of endpoints()) {
      // What is on neither side in a namespace of ours is not ours to refuse.
      if (!ours(from) && !ours(to)) continue;
      for (const { port } of PORTS) {
        const passes = reaches(policies, { from, to, port, protocol: "TCP" });
        if (passes) passed++;
        else refused++;
        if (wanted(FLOWS, from, to, port) && !passes) wrong.push(`${from.name} cannot reach ${to.name}:${port}`);
        if (passes && !allowedByTwo(from, to, port)) wrong.push(`${from.name} reaches ${to.name}:${port}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(passed).toBeGreaterThan(FLOWS.length);
  expect(refused).toBeGreaterThan(10 * passed);
});

const serving = pod("ml-platform", "serving");
const drift = pod("ml-platform", "drift");
const training = pod("ml-platform", "training");
const mlflow = pod("mlflow", "mlflow");
const gateway = pod("gateway", "tideline");
const prometheus = pod("monitoring", "prometheus");
const vault = pod("vault", "vault");
const stranger = pod("somebody", "stranger");

test.each(
  (
    [
      [gateway, serving, 8080],
      [gateway, serving, 8090],
      [serving, drift, 8081],
      [serving, outside.internet, 443],
      [training, outside.internet, 443],
      [training, mlflow, 5000],
      [drift, outside.database, 5432],
      [mlflow, outside.database, 5432],
      [prometheus, serving, 8080],
      [prometheus, drift, 8081],
      [serving, outside.identity, 80],
      [outside.internet, gateway, 8443],
      [vault, outside.internet, 443],
    ] satisfies [Endpoint, Endpoint, number][]
  ).map(([from, to, port]) => ({ from, to, port })),
)("$from.name reaches $to.name:$port", ({ from, to, port }) => {
  expect(reaches(networkPolicies({ target, namespaces }), { from, to, port, protocol: "TCP" })).toBe(true);
});

test.each(
  (
    [
      [stranger, serving, 8080],
      [outside.internet, serving, 8080],
      [serving, outside.database, 5432],
      [serving, mlflow, 5000],
      [serving, outside.metadata, 80],
      [drift, outside.internet, 443],
      [drift, serving, 8080],
      [training, drift, 8081],
      [mlflow, drift, 8081],
      [gateway, drift, 8081],
      [gateway, vault, 8200],
      [serving, outside.internet, 80],
      [pod("ml-platform", "stranger"), outside.internet, 443],
      [stranger, vault, 8200],
    ] satisfies [Endpoint, Endpoint, number][]
  ).map(([from, to, port]) => ({ from, to, port })),
)("$from.name does not reach $to.name:$port", ({ from, to, port }) => {
  expect(reaches(networkPolicies({ target, namespaces }), { from, to, port, protocol: "TCP" })).toBe(false);
});

test("names are resolved from every namespace, by the cluster's servers alone", () => {
  const policies = networkPolicies({ target, namespaces });
  const dns: Endpoint = {
    name: "dns",
    pod: { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
    address: "10.0.2.2",
  };
  for (const namespace of namespaces) {
    const from = pod(namespace, "stranger");
    for (const protocol of ["UDP", "TCP"] as const) {
      expect(reaches(policies, { from, to: dns, port: 53, protocol })).toBe(true);
      expect(reaches(policies, { from, to: outside.internet, port: 53, protocol })).toBe(false);
    }
  }
});

test.each([
  ["gcp", "169.254.169.252", 988, true],
  ["gcp", "169.254.169.254", 80, true],
  ["azure", "169.254.169.254", 80, false],
  ["aws", "169.254.169.254", 80, false],
] as const)("on %s pods with an identity and %s:%i: %s", (cloud, address, port, passes) => {
  const policies = networkPolicies({ target: { ...target, cloud }, namespaces });
  const packet = { from: serving, to: { name: "server", address }, port, protocol: "TCP" } as const;
  expect(reaches(policies, packet)).toBe(passes);
  expect(reaches(policies, { ...packet, from: drift })).toBe(false);
});

test("flows of namespaces that the cluster lacks are left out", () => {
  const policies = networkPolicies({ target, namespaces: ["ml-platform"] });
  expect(policies.map(({ metadata }) => metadata.namespace)).toEqual(policies.map(() => "ml-platform"));
  expect(policies.map(({ metadata }) => metadata.name)).not.toContain("gateway-to-serving-in");
});

test("every policy is registered under its namespace and name", async () => {
  const recording = await record(() => new NetworkPolicies("network", { target, namespaces }), {
    types: { "kubernetes:networking.k8s.io/v1:NetworkPolicy": () => ({}) },
  });
  const policies = recording.ofType("kubernetes:networking.k8s.io/v1:NetworkPolicy");
  const byName = policies.map(({ name, inputs }) => [name, { metadata: inputs.metadata, spec: inputs.spec }] as const);
  expect(Object.fromEntries(byName)).toEqual(
    Object.fromEntries(
      networkPolicies({ target, namespaces }).map((policy) => [
        `network-${policy.metadata.namespace}-${policy.metadata.name}`,
        policy,
      ]),
    ),
  );
});
