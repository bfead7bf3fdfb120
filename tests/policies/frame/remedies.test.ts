import { setTo } from "../../../policies/frame/remedies";
import type { ResourceRule } from "../../../policies/frame/rule";
import { RULES } from "../../../policies/rules";

const resource = (type: string, props: Record<string, unknown>) => ({ type, name: "a", urn: "urn:a", props });

test("a remedy changes its value and nothing else", () => {
  const mend = setTo("metadataOptions.httpTokens", "required");
  const props = { name: "a", metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 1 } };
  expect(mend(resource("t", props), {})).toEqual({
    name: "a",
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
  });
  expect(mend(resource("t", {}), {})).toEqual({ metadataOptions: { httpTokens: "required" } });
  expect(props.metadataOptions.httpTokens).toBe("optional");
});

test("nothing is mended where nothing is wrong", () => {
  expect(setTo("storageEncrypted", true)(resource("t", { storageEncrypted: true }), {})).toBeUndefined();
});

const mending = RULES.filter((rule): rule is ResourceRule => "remedy" in rule);

test("there are remedies", () => expect(mending.length).toBeGreaterThan(2));

test.each(mending)("what $name mends has no such problem any more", ({ types, check, remedy, name }) => {
  const type = types[0] ?? "";
  const tls = name === "azure-storage-https" ? { minimumTlsVersion: "TLS1_2", enableHttpsTrafficOnly: false } : {};
  const mended = remedy?.(resource(type, tls), {});
  expect(check(resource(type, mended ?? {}), {})).toEqual([]);
});
