import fc from "fast-check";
import {
  type PlainPolicy,
  parseModelList,
  policyOfConfig,
  selectVersions,
  toPolicy,
} from "../../../services/serving/versionPolicy";

describe("parseModelList", () => {
  it("reads models and their policies", () => {
    expect(parseModelList("a, b:all,c-1.x:latest,d:latest-2,e:1+30,f:Production,g:champion")).toEqual([
      { name: "a", policy: { kind: "latest", count: 1 } },
      { name: "b", policy: { kind: "all" } },
      { name: "c-1.x", policy: { kind: "latest", count: 1 } },
      { name: "d", policy: { kind: "latest", count: 2 } },
      { name: "e", policy: { kind: "specific", versions: ["1", "30"] } },
      { name: "f", policy: { kind: "alias", names: ["Production", "Staging"] } },
      { name: "g", policy: { kind: "alias", names: ["champion"] } },
    ]);
  });

  it.each(["", ",", "a,", "A", "a:", "a:0", "a:latest-0", "a:1+", "a:latest-x", "a b", "a:1:2", "../a"])(
    "refuses %j",
    (text) => {
      expect(parseModelList(text)).toBeUndefined();
    },
  );
});

describe("selectVersions", () => {
  const available = ["1", "2", "9", "10"];
  it.each([
    ["latest", ["10"], []],
    ["latest-2", ["9", "10"], []],
    ["latest-99", available, []],
    ["all", available, []],
    ["10+2", ["2", "10"], []],
    ["3+9", ["9"], ["3"]],
  ])("%s", (policy, chosen, missing) => {
    expect(selectVersions(toPolicy(policy) as PlainPolicy, available)).toEqual({ chosen, missing });
  });

  it("keeps the order of what there is, and takes nothing else", () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1 });
    fc.assert(
      fc.property(numbers, numbers, (there, named) => {
        const available = [...there].sort((a, b) => a - b).map(String);
        const { chosen, missing } = selectVersions({ kind: "specific", versions: named.map(String) }, available);
        expect(chosen).toEqual(available.filter((version) => named.map(String).includes(version)));
        expect(chosen.length + missing.length).toBe(named.length);
      }),
    );
  });
});

describe("policyOfConfig", () => {
  it.each([
    ['{"version_policy":{"latest":{"num_versions":3}}}', { kind: "latest", count: 3 }],
    ['{"version_policy":{"latest":{}}}', { kind: "latest", count: 1 }],
    ['{"version_policy":{"all":{}}}', { kind: "all" }],
    ['{"version_policy":{"specific":{"versions":[1,3]}}}', { kind: "specific", versions: ["1", "3"] }],
  ])("reads %s", (config, policy) => {
    expect(policyOfConfig(config)).toEqual(policy);
  });

  it.each([
    ["{", "parameters.config is not JSON: "],
    ["null", "parameters.config has no version_policy alone."],
    ['{"version_policy":{"all":{}},"max_batch_size":4}', "parameters.config has no version_policy alone."],
    ['{"version_policy":{"all":{},"latest":{}}}', "version_policy has more than one kind."],
    ['{"version_policy":{"latest":{"num_versions":0}}}', "num_versions is 0."],
    ['{"version_policy":{"specific":{"versions":["1"]}}}', 'version_policy is {"specific":{"versions":["1"]}}.'],
    ['{"version_policy":{"specific":{"versions":[]}}}', 'version_policy is {"specific":{"versions":[]}}.'],
    ['{"version_policy":7}', "version_policy is 7."],
  ])("refuses %s", (config, message) => {
    expect(() => policyOfConfig(config)).toThrow(message);
  });
});
