import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FILES = {
  "Pulumi.yaml":
    "name: small\nmain: index.ts\nruntime:\n  name: nodejs\n  options:\n    nodeargs: --enable-source-maps\n",
  "Pulumi.local.yaml": "config:\n  small:colour: red\n",
  "Pulumi.cloud.yaml": "config:\n  small:colour: blue\n",
  "package.json": '{ "name": "small", "version": "0.0.1" }\n',
  "tsconfig.json":
    '{ "compilerOptions": { "module": "node16", "moduleResolution": "node16", "target": "es2022" }, "ts-node": { "transpileOnly": true } }\n',
  "index.ts": `
import * as pulumi from "@pulumi/pulumi";

async function make(inputs: Record<string, unknown>) {
  await new Promise((resolve) => setTimeout(resolve, Number(inputs.delayMs)));
  return { ...inputs, label: "a " + inputs.colour + " thing" };
}

const provider: pulumi.dynamic.ResourceProvider = {
  create: async (inputs) => ({ id: "thing", outs: await make(inputs) }),
  update: async (_id, _olds, news) => ({ outs: await make(news) }),
};

class Thing extends pulumi.dynamic.Resource {
  declare readonly label: pulumi.Output<string>;
  constructor(name: string, args: Record<string, unknown>) {
    super(provider, name, { label: undefined, ...args });
  }
}

const config = new pulumi.Config();
console.log("the program says hello");
if (config.getBoolean("fail")) throw new pulumi.RunError("the program was told to fail");
const thing = new Thing("thing", { colour: config.require("colour"), delayMs: config.getNumber("delayMs") ?? 0 });
export const label = thing.label;
export const pageUrl = "http://127.0.0.1:9/page";
export const token = pulumi.secret("it's hush");
export const nodeArguments = process.execArgv.join(" ");
`,
  "pack/PulumiPolicy.yaml": "runtime: nodejs\ndescription: a pack of one rule\n",
  "pack/package.json": '{ "name": "pack", "version": "0.0.1", "main": "index.ts" }\n',
  "pack/index.ts": `
import { PolicyPack } from "@pulumi/policy";

new PolicyPack("pack", {
  policies: [
    {
      name: "no-red",
      description: "Things must not be red.",
      enforcementLevel: "mandatory",
      validateResource: ({ props }, report) => {
        if (props.colour === "red") report("This thing is red.");
      },
    },
  ],
});
`,
};

/**
 * Writes a small Pulumi project into a folder: stacks local and cloud, one dynamic resource, outputs of several kinds,
 * and a policy pack. Its packages are this repository's.
 */
export function writeSmallProject(folder: string): void {
  mkdirSync(join(folder, "pack"), { recursive: true });
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
  symlinkSync(join(__dirname, "..", "..", "node_modules"), join(folder, "node_modules"));
}
