import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { parseValues as parse } from "../support/config";

const ROOT = join(__dirname, "../..");
const local = { "tideline:environment": "local" };

describe("a good configuration", () => {
  test("defaults are filled in, and the whole is frozen", () => {
    const config = parse(local);
    expect(config).toMatchObject({
      stack: "local",
      home: "/home/of/local",
      model: { name: "breast-cancer", seed: 42, holdOutFraction: 0.25 },
      serving: { port: 8080, logLevel: "info", maxBatchSize: 64, driftSampleRate: 1 },
      drift: { port: 8081 },
      metadata: { port: 5433 },
    });
    expect(config.aws).toBeUndefined();
    expect(Object.isFrozen(config.serving)).toBe(true);
    expect(() => Object.assign(config.serving, { port: 1 })).toThrow(TypeError);
  });

  test("other namespaces are left to their providers", () => {
    expect(parse({ ...local, "aws:region": "us-east-1" }).environment).toBe("local");
  });

  test.each(["local", "dev", "staging", "prod"])("Pulumi.%s.yaml validates", (stack) => {
    const file = load(readFileSync(join(ROOT, `Pulumi.${stack}.yaml`), "utf8")) as { config: Record<string, unknown> };
    const config = parse(file.config, stack);
    expect(config.environment).toBe(stack);
    const clouds = (["aws", "gcp", "azure"] as const).filter((name) => config[name]);
    expect(clouds).toEqual({ local: [], dev: ["aws"], staging: ["aws", "gcp"], prod: ["aws", "gcp", "azure"] }[stack]);
  });

  test("prod has the sizes that were promised", () => {
    const file = load(readFileSync(join(ROOT, "Pulumi.prod.yaml"), "utf8")) as { config: Record<string, unknown> };
    const { aws, gcp, azure } = parse(file.config, "prod");
    expect(aws?.network.cidr).toBe("10.1.0.0/16");
    expect(aws?.cluster.nodePools?.general).toMatchObject({
      machineTypes: ["m5.2xlarge", "m5.4xlarge"],
      min: 3,
      max: 20,
    });
    expect(aws?.database).toMatchObject({ machineType: "db.r5.2xlarge", highlyAvailable: true });
    expect(gcp?.network.cidr).toBe("10.2.0.0/16");
    expect(gcp?.cluster.nodePools.general).toMatchObject({ machineTypes: ["n2-standard-8"], min: 2, max: 15 });
    expect(azure?.database.machineType).toBe("GP_Standard_D4s_v3");
    for (const name of [aws, gcp, azure]) expect(name?.cluster.nodePools?.gpu?.gpu?.count).toBe(1);
  });
});
