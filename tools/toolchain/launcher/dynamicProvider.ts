/**
 * The `pulumi-resource-pulumi-nodejs` that stands beside a pulumi built from source: it starts the provider of dynamic
 * resources of the @pulumi/pulumi that the program has installed.
 */
import { createRequire } from "node:module";
import { join } from "node:path";

const folder = process.cwd();
const load = createRequire(join(folder, "program.js"));
let provider: string;
try {
  provider = load.resolve("@pulumi/pulumi/cmd/dynamic-provider");
} catch {
  console.error(`@pulumi/pulumi is not installed for the program in ${folder}. Run npm ci there, then try again.`);
  process.exit(1);
}
// The engine holds our standard input open for as long as it lives; a killed one cannot stop us otherwise.
process.stdin.resume().once("end", () => process.exit(0));
load(provider);
