import { FLOWS } from "../../../components/kubernetes/flows";
import { NAMESPACES } from "../../../components/kubernetes/namespaces";
import { NetworkPolicies, networkPolicies } from "../../../components/kubernetes/networkPolicies";
import { flowFaults, NETWORK_CIDR, OUTSIDE, pod } from "../../support/flowFaults";
import { record } from "../../support/pulumiMocks";
import { type Endpoint, reaches } from "../../support/reachability";

const target = { cloud: "aws", networkCidr: NETWORK_CIDR } as const;
const namespaces = Object.keys(NAMESPACES);

test("every flow that is wanted passes, and every other pair of ends and ports is refused", () => {
  const { passed, refused, wrong } = flowFaults(networkPolicies({ target, namespaces }), namespaces);
  expect(wrong).toEqual([]);
  expect(passed).toBeGreaterThan(FLOWS.length);
  expect(refused).toBeGreaterThan(10 * passed);
});

test("names of flows are unique", () => {
  const names = FLOWS.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
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
      [serving, OUTSIDE.internet, 443],
      [training, OUTSIDE.internet, 443],
      [training, mlflow, 5000],
      [drift, OUTSIDE.database, 5432],
      [mlflow, OUTSIDE.database, 5432],
      [prometheus, serving, 8080],
      [prometheus, drift, 8081],
      [serving, OUTSIDE.identity, 80],
      [OUTSIDE.internet, gateway, 443],
      [vault, OUTSIDE.internet, 443],
    ] satisfies [Endpoint, Endpoint, number][]
  ).map(([from, to, port]) => ({ from, to, port })),
)("$from.name reaches $to.name:$port", ({ from, to, port }) => {
  expect(reaches(networkPolicies({ target, namespaces }), { from, to, port, protocol: "TCP" })).toBe(true);
});

test.each(
  (
    [
      [stranger, serving, 8080],
      [OUTSIDE.internet, serving, 8080],
      [serving, OUTSIDE.database, 5432],
      [serving, mlflow, 5000],
      [serving, OUTSIDE.metadata, 80],
      [drift, OUTSIDE.internet, 443],
      [drift, serving, 8080],
      [training, drift, 8081],
      [mlflow, drift, 8081],
      [gateway, drift, 8081],
      [gateway, vault, 8200],
      [serving, OUTSIDE.internet, 80],
      [pod("ml-platform", "stranger"), OUTSIDE.internet, 443],
      [stranger, vault, 8200],
    ] satisfies [Endpoint, Endpoint, number][]
  ).map(([from, to, port]) => ({ from, to, port })),
)("$from.name does not reach $to.name:$port", ({ from, to, port }) => {
  expect(reaches(networkPolicies({ target, namespaces }), { from, to, port, protocol: "TCP" })).toBe(false);
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
