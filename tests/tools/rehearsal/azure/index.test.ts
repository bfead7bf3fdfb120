import { readFileSync } from "node:fs";
import { azureFunctions, azureTypes } from "../../../../tools/rehearsal/azure";

/** Source of the SDK's class for a token such as azure-native:network:Subnet. */
function sdkSource(token: string): string {
  const [, module = "", name = ""] = token.split(":");
  const file = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return readFileSync(require.resolve(`@pulumi/azure-native/${module}/${file}.js`), "utf8");
}

const matches = (source: string, pattern: RegExp) => [...source.matchAll(pattern)].map(([, name = ""]) => name);

describe("the simulated Azure against the installed SDK", () => {
  test.each(azureTypes.map((type) => [type.token, type] as const))(
    "%s takes inputs of the SDK's class alone",
    (token, type) => {
      const source = sdkSource(token);
      expect(source).toContain(`'${token}'`);
      const known = matches(source, /resourceInputs\["(\w+)"\] = (?:args|\(?args|pulumi)/g);
      expect(Object.keys(type.inputs).filter((name) => !known.includes(name))).toEqual([]);
      const required = matches(source, /Missing required property '(\w+)'/g);
      expect(required.filter((name) => !type.inputs[name]?.required)).toEqual([]);
    },
  );

  test.each(Object.keys(azureFunctions))("%s is a function of the SDK", (token) => {
    expect(sdkSource(token)).toContain(`"${token}"`);
  });

  test("no type is described twice", () => {
    const tokens = azureTypes.map(({ token }) => token);
    expect(tokens).toEqual([...new Set(tokens)]);
  });
});
