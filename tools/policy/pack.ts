import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { NODE_SCRIPT } from "../../components/local/bundle";

const SOURCE = resolve(__dirname, "../../policies");

/**
 * Compiles the policy pack into one script below `folder`, and gives the pack's folder. The engine can read the
 * TypeScript of policies/ itself, and then compiles each of its files at every start, which takes longer than all checks.
 */
export function buildPack(folder: string): string {
  const pack = join(folder, "pack");
  mkdirSync(pack, { recursive: true });
  buildSync({
    entryPoints: [join(SOURCE, "index.ts")],
    outfile: join(pack, "index.js"),
    ...NODE_SCRIPT,
    logLevel: "error",
  });
  writeFileSync(join(pack, "PulumiPolicy.yaml"), "runtime:\n  name: nodejs\n  options:\n    typescript: false\n");
  const manifest = JSON.parse(readFileSync(join(SOURCE, "package.json"), "utf8")) as { version: string };
  writeFileSync(join(pack, "package.json"), JSON.stringify({ ...manifest, main: "./index.js" }));
  copyFileSync(join(SOURCE, "exceptions.json"), join(pack, "exceptions.json"));
  const modules = join(pack, "node_modules");
  if (!existsSync(modules)) symlinkSync(resolve(SOURCE, "../node_modules"), modules);
  return pack;
}
