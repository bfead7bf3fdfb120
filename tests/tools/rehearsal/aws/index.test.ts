import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { awsFunctions, awsTypes } from "../../../../tools/rehearsal/aws";

const resolve = createRequire(__filename).resolve;

/** Source of the SDK's class for a token such as aws:ec2/vpc:Vpc. */
function sdkSource(token: string): string {
  const path = token.split(":")[1]?.replace("index/", "") ?? "";
  return readFileSync(resolve(`@pulumi/aws/${path}.js`), "utf8");
}

const matches = (source: string, pattern: RegExp) => [...source.matchAll(pattern)].map(([, name = ""]) => name);

describe("the simulated AWS against the installed SDK", () => {
  test.each(awsTypes.map((type) => [type.token, type] as const))(
    "%s takes inputs of the SDK's class alone",
    (_, type) => {
      const source = sdkSource(type.token);
      expect(source).toContain(`'${type.token}'`);
      const known = matches(source, /resourceInputs\["(\w+)"\] = \(?(?:args|pulumi)/g);
      expect(Object.keys(type.inputs).filter((name) => !known.includes(name))).toEqual([]);
      const required = matches(source, /Missing required property '(\w+)'/g);
      expect(required.filter((name) => !type.inputs[name]?.required)).toEqual([]);
    },
  );

  test.each(awsTypes.map((type) => [type.token, type] as const))(
    "%s gives outputs of the SDK's class alone",
    (_, type) => {
      const made = {
        name: "a",
        inputs: { name: "a", tag: { key: "k" }, launchTemplate: { id: "lt" }, vpcConfig: {} },
        account: "123456789012",
        region: "us-east-1",
        sequence: 7,
        world: { resources: [], find: () => undefined },
      };
      const source = sdkSource(type.token);
      const known = matches(source, /resourceInputs\["(\w+)"\]/g);
      expect(Object.keys(type.outputs?.(made) ?? {}).filter((name) => !known.includes(name))).toEqual([]);
    },
  );

  test.each(Object.keys(awsFunctions))("%s is a function of the SDK", (token) => {
    expect(sdkSource(token)).toContain(`"${token}"`);
  });

  test("no type is described twice", () => {
    const tokens = awsTypes.map(({ token }) => token);
    expect(tokens).toEqual([...new Set(tokens)]);
  });
});
