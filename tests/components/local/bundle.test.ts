import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleService, writeBundle } from "../../../components/local/bundle";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tideline-bundle-"));
  for (const name of ["one", "two", "shared"]) mkdirSync(join(root, "services", name), { recursive: true });
  write("shared/greeting.ts", "export const greeting: string = 'hello';");
  write("one/main.ts", "import { greeting } from '../shared/greeting'; console.log(greeting, 'one');");
  mkdirSync(join(root, "node_modules/pino"), { recursive: true });
  install("1.0.0");
  write("two/main.ts", "import { pino } from 'pino'; console.log(pino, 'two');");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  writeFileSync(join(root, "services", path), text);
}

function install(version: string): void {
  writeFileSync(join(root, "node_modules/pino/package.json"), JSON.stringify({ version }));
}

test("a service's hash follows the code that it uses, and no other", () => {
  const [one, two] = [bundleService(root, "one").hash, bundleService(root, "two").hash];
  expect(bundleService(root, "one").hash).toBe(one);
  write("shared/greeting.ts", "export const greeting: string = 'good day';");
  expect(bundleService(root, "one").hash).not.toBe(one);
  expect(bundleService(root, "two").hash).toBe(two);
});

test("a service's hash follows the versions of its packages", () => {
  const [one, two] = [bundleService(root, "one").hash, bundleService(root, "two").hash];
  install("1.0.1");
  expect(bundleService(root, "one").hash).toBe(one);
  expect(bundleService(root, "two").hash).not.toBe(two);
});

test("packages stay outside the bundle", () => {
  expect(bundleService(root, "two").code).toContain('require("pino")');
});

test("a service that does not compile says where", () => {
  write("one/main.ts", "const = 1;");
  expect(() => bundleService(root, "one")).toThrow(
    'The service one does not compile:\n  services/one/main.ts:1:6: Expected identifier but found "="',
  );
});

test("the written file is the bundle, named by its hash", () => {
  const bundle = bundleService(root, "one");
  const file = writeBundle(root, "one", bundle);
  expect(file).toBe(join(root, "node_modules/.cache/tideline", `one-${bundle.hash}.cjs`));
  expect(readFileSync(file, "utf8")).toBe(bundle.code);
});
