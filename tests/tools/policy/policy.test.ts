import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { policy } from "../../../tools/policy/policy";
import type { PolicyReport } from "../../../tools/policy/report";
import { recordingContext } from "../../support/cliContext";
import { describeWithEngine } from "../../support/engine";
import { OTHER_FAULTS } from "./plantedCloudFaults";
import { AWS_FAULTS, type PlantedFault } from "./plantedFaults";
import { REMAINING_FAULTS } from "./plantedRemainders";

const ROOT = join(__dirname, "../../..");

describe("what it is asked", () => {
  const ask = (...args: string[]) => policy(recordingContext(ROOT, "/nowhere"), args);
  test.each([
    [[], "Name the stack to check: npm run policy -- prod"],
    [["dev", "--format", "xml"], "--format takes one of table, json, sarif, junit; found xml."],
    [["dev", "--fast"], "policy has no flag --fast; it has --format and --preview-only."],
    [["local"], "Stack local has no clouds, so the rules have nothing to say about it. Name another stack."],
  ])("%j", async (args, message) => {
    await expect(ask(...args)).rejects.toThrow(message);
  });
});

describeWithEngine("npm run policy", ({ env }) => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tideline-policy-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test.each(["dev", "staging", "prod"])(
    "stack %s of this repository keeps every rule, without an exception",
    async (stack) => {
      const context = recordingContext(ROOT, join(folder, "home"), env);
      const code = await policy(context, [stack, "--format", "json"]);
      const { findings } = JSON.parse(context.printed.join("")) as PolicyReport;
      expect(findings.filter(({ level }) => level !== "advisory")).toEqual([]);
      expect(code).toBe(0);
    },
    900_000,
  );

  // Production costs the most to preview, so Google Cloud and Azure, which dev has not, are all that it is for here.
  test.each([
    ["AWS in dev", "dev", 1, AWS_FAULTS],
    ["Google Cloud and Azure in prod", "prod", 1, OTHER_FAULTS],
    ["those that hide others, in prod", "prod", 1, REMAINING_FAULTS],
  ])(
    "faults of %s: exactly the rule of each fires",
    async (_, stack, code, faults) => {
      writeFaultyProject(folder, stack, faults);
      const context = recordingContext(folder, join(folder, "home"), env);
      expect(await policy(context, [stack, "--format", "json", "--preview-only"])).toBe(code);
      const { findings } = JSON.parse(context.printed.join("")) as { findings: { rule: string; problem: string }[] };
      const decided = findings.filter(({ problem }) => !problem.startsWith("can't run policy"));
      // The price table is honest about what it lacks, with and without faults.
      const unpriced = decided.filter(({ rule }) => rule === "prices-known").map(({ problem }) => problem);
      const planted = faults.flatMap((fault) =>
        fault.rule === "prices-known" && "set" in fault ? Object.values(fault.set) : [],
      );
      for (const machine of planted) expect(unpriced.join("\n")).toContain(`${machine} has no price`);
      const others = (rules: readonly string[]) => [...new Set(rules)].filter((rule) => rule !== "prices-known").sort();
      expect(others(decided.map(({ rule }) => rule))).toEqual(
        others([...faults.map(({ rule }) => rule), "output-not-plaintext"]),
      );
    },
    600_000,
  );
});

/** The repository's own program, with the faults planted into its resources on their way to the engine. */
function writeFaultyProject(folder: string, stack: string, faults: readonly PlantedFault[]): void {
  const files = {
    "Pulumi.yaml": "name: tideline\nmain: index.ts\nruntime: nodejs\n",
    "package.json": '{ "name": "faulty", "version": "0.0.1" }\n',
    "tsconfig.json":
      '{ "compilerOptions": { "module": "node16", "moduleResolution": "node16", "target": "es2022" }, "ts-node": { "transpileOnly": true } }\n',
    "faults.json": JSON.stringify({
      plants: faults.filter((fault) => "set" in fault),
      added: faults.filter((fault) => "props" in fault),
    }),
    "index.ts": PROGRAM,
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  symlinkSync(join(ROOT, `Pulumi.${stack}.yaml`), join(folder, `Pulumi.${stack}.yaml`));
}

const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
const { plants, added } = require("./faults.json");
const made: { type: string; name: string; resource: any }[] = [];

function valueOf(value: any): unknown {
  if (!value?.idsOf) return value ?? undefined;
  const { type, name } = value.idsOf;
  return made.filter((one) => one.type === type && one.name.includes(name)).map(({ resource }) => resource.id);
}

function put(props: any, [key, ...rest]: string[], value: unknown): any {
  if (rest.length === 0) return { ...props, [key]: value };
  const inner = props[key] ?? {};
  // Left as it is where it can be: an output with one unknown member is unknown as a whole.
  const changed = pulumi.Output.isInstance(inner) ? inner.apply((known: any) => put(known, rest, value)) : put(inner, rest, value);
  return { ...props, [key]: changed };
}

pulumi.runtime.registerStackTransformation(({ type, name, props, opts, resource }) => {
  made.push({ type, name, resource });
  let changed = props;
  for (const fault of plants.filter((one: any) => one.type === type && name.includes(one.name ?? ""))) {
    for (const [path, value] of Object.entries(fault.set)) changed = put(changed, path.split("."), valueOf(value));
  }
  return { props: changed, opts };
});
const outputs = require(${JSON.stringify(join(ROOT, "stacks/index"))});
for (const { type, name, props } of added) {
  const provider = made.find((one) => one.type === "pulumi:providers:" + type.split(":")[0])?.resource;
  new pulumi.CustomResource(type, name, props, { provider });
}
export = { ...outputs, plantedPassword: "hush" };
`;
