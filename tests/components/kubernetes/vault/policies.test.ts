import { policyText, VAULT_POLICIES } from "../../../../components/kubernetes/vault/policies";

const workloads = Object.entries(VAULT_POLICIES);

test.each(workloads)("%s reaches its own secrets and no others, and administers nothing", (workload, rules) => {
  for (const { path, capabilities } of rules) {
    expect(path).not.toMatch(/^(?:\*|sys\/(?!storage\/raft\/snapshot$)|auth\/)/);
    expect(capabilities).not.toContain("sudo");
    if (path.startsWith("secret/")) expect(path).toMatch(new RegExp(`^secret/(?:data|metadata)/${workload}/\\*$`));
  }
});

test("a policy is written as Vault reads it", () => {
  expect(policyText([{ path: "secret/data/a/*", capabilities: ["read", "list"] }])).toBe(
    'path "secret/data/a/*" {\n  capabilities = ["read","list"]\n}\n',
  );
});
