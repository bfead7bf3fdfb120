/** Writes the image's files: `tsx tools/image/main.ts OUT`. The Containerfile runs it. */
import { resolve } from "node:path";
import { writeImageLayout } from "./layout";

const out = process.argv[2];
if (out) {
  const packages = writeImageLayout(resolve(__dirname, "..", ".."), resolve(out));
  console.log(`Wrote services/main.js and ${packages.length} packages to ${out}.`);
} else {
  console.error("Name the folder to write to: tsx tools/image/main.ts OUT");
  process.exitCode = 1;
}
