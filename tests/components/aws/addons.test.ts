import { AFTER_NODES, addonVersion, BEFORE_NODES, VERSIONS } from "../../../components/aws/addons";

test.each(VERSIONS)("every add-on is pinned for Kubernetes %s", (version) => {
  for (const name of [...BEFORE_NODES, ...AFTER_NODES]) {
    expect(addonVersion(name, version)).toMatch(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
  }
});

test.each(VERSIONS)("kube-proxy is of Kubernetes %s itself", (version) => {
  expect(addonVersion("kube-proxy", version)).toMatch(new RegExp(`^v${version.replace(".", "\\.")}\\.`));
});

test("the caller's own version wins, for that add-on alone", () => {
  const named = { coredns: "v9.9.9-eksbuild.1" };
  expect(addonVersion("coredns", "1.34", named)).toBe("v9.9.9-eksbuild.1");
  expect(addonVersion("vpc-cni", "1.34", named)).toBe("v1.20.4-eksbuild.2");
  expect(addonVersion("coredns", "1.20")).toBeUndefined();
});
