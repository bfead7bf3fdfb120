import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CliError } from "../../../tools/cli/cliError";
import { createContext } from "../../../tools/cli/context";
import { render } from "../../../tools/render/render";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();
const full = join(folder, "full");
mkdirSync(full);
writeFileSync(join(full, "thesis.txt"), "years of work");

const context = createContext(process.cwd(), process.env);

test.each<[string, string[], string]>([
  ["no folder", ["prod"], "Name the folder to write to: npm run render -- prod --out bundle"],
  ["no stack", ["--out", "x"], "Name the stack: npm run render -- prod --out bundle"],
  ["stack local", ["local", "--out=x"], "Stack local has no cluster to render for; it runs processes."],
  ["an unknown flag", ["dev", "--out", "x", "--fast"], "render has no flag --fast; it has --out."],
  [
    "a folder with other things",
    ["dev", "--out", full],
    `${full} holds other things than a rendered bundle. Name a new or an empty folder.`,
  ],
])("refuses %s", async (_, args, message) => {
  await expect(render(context, args)).rejects.toThrow(new CliError(message));
});
