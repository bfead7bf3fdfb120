import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gcpFunctions, gcpTypes } from "../../../../tools/rehearsal/gcp";

const resolve = createRequire(__filename).resolve;

/** Source of the SDK's class for a token such as gcp:compute/network:Network. */
function sdkSource(token: string): string {
  const [, path = ""] = token.split(":");
  const [module = "", file = ""] = path.split("/");
  const names = [file, file.toLowerCase(), file.replace("iAM", "iam")].map(
    (name) => `@pulumi/gcp/${module}/${name}.js`,
  );
  const found = names.flatMap((name) => {
    try {
      return [resolve(name)];
    } catch {
      return [];
    }
  });
  return readFileSync(found[0] ?? `no file for ${token}`, "utf8");
}

const matches = (source: string, pattern: RegExp) => [...source.matchAll(pattern)].map(([, name = ""]) => name);

describe("the simulated Google Cloud against the installed SDK", () => {
  test.each(gcpTypes.map((type) => [type.token, type] as const))(
    "%s takes inputs of the SDK's class alone",
    (_, type) => {
      const source = sdkSource(type.token);
      const known = matches(source, /resourceInputs\["(\w+)"\] = (?:args|pulumi)/g);
      expect(Object.keys(type.inputs).filter((name) => !known.includes(name))).toEqual([]);
      const required = matches(source, /Missing required property '(\w+)'/g);
      const lenient = required.filter((name) => !type.inputs[name]?.required);
      expect(lenient).toEqual([]);
    },
  );

  test.each(Object.keys(gcpFunctions))("%s is a function of the SDK", (token) => {
    expect(sdkSource(token)).toContain(`"${token}"`);
  });

  test("no type is described twice", () => {
    const tokens = gcpTypes.map(({ token }) => token);
    expect(tokens).toEqual([...new Set(tokens)]);
  });
});
