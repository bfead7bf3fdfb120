import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type GoTool, resolveGoTool } from "../../../tools/toolchain/goTool";
import { temporaryFolder } from "../../support/temporaryFolder";

const root = temporaryFolder();
let folder: string;
let lines: string[];
let count = 0;

beforeEach(() => {
  folder = join(root, String(count++));
  lines = [];
  mkdirSync(join(folder, "module"), { recursive: true });
  for (const file of ["go.mod", "go.sum"]) writeFileSync(join(folder, "module", file), `${file}\n`);
});

/** A go that "builds" what it is asked for, and whose modules lie beside it. */
const GO = `#!/bin/sh
echo "$@" >> "\${0%/*}/calls"
test -f go.mod && test -f go.sum || exit 9
if test "$1" = list; then echo "\${0%/*}"; exit 0; fi
for last; do case "$previous" in -o) out="$last";; esac; previous="$last"; done
case "$out" in */) for name in one two; do echo "built" > "$out$name"; done;; *) echo built > "$out";; esac
`;

function installGo(script = GO): void {
  mkdirSync(join(folder, "bin"), { recursive: true });
  writeFileSync(join(folder, "bin", "go"), script);
  chmodSync(join(folder, "bin", "go"), 0o755);
}

function tool(more: Partial<GoTool> = {}): GoTool {
  return {
    name: "tool",
    version: "1.2.3",
    moduleFolder: join(folder, "module"),
    programs: { one: "example.com/cmd/one", two: "example.com/cmd/two" },
    variables: { "example.com/version.Version": "v1.2.3" },
    takes: "no time",
    ...more,
  };
}

function resolve(wanted: GoTool): Promise<string> {
  const env = { PATH: join(folder, "bin"), XDG_CACHE_HOME: join(folder, "cache") };
  return resolveGoTool(wanted, { env, report: (line) => lines.push(line) });
}

const inCache = () => readdirSync(join(folder, "cache", "tideline", "toolchain")).sort();
const calls = () =>
  readFileSync(join(folder, "bin", "calls"), "utf8")
    .trim()
    .split("\n");

test("builds all programs at once, one time, though several ask together", async () => {
  installGo();
  const [first, second] = await Promise.all([resolve(tool()), resolve(tool())]);
  expect(second).toBe(first);
  expect(await resolve(tool())).toBe(first);
  expect(readdirSync(first).sort()).toEqual(["one", "two"]);
  expect(inCache()).toEqual([expect.stringMatching(/^tool-1\.2\.3-build-[0-9a-f]{12}$/)]);
  expect(calls()).toHaveLength(1);
  expect(calls()[0]).toMatch(
    /^build -trimpath -buildvcs=false -mod=readonly -ldflags -s -w -X example\.com\/version\.Version=v1\.2\.3 -o \S+\/ example\.com\/cmd\/one example\.com\/cmd\/two$/,
  );
  expect(lines).toContain("Building tool 1.2.3 from source, once for this machine; this takes no time ...");
});

test("gives a lone program its name, and puts the module's files beside it", async () => {
  installGo();
  writeFileSync(join(folder, "bin", "stage.yaml"), "kind: Stage\n");
  const files = { module: "example.com", paths: { "ready.yaml": "stage.yaml" } };
  const made = await resolve(tool({ programs: { alone: "example.com/server" }, files }));
  expect(readdirSync(made).sort()).toEqual(["alone", "ready.yaml"]);
  expect(readFileSync(join(made, "ready.yaml"), "utf8")).toBe("kind: Stage\n");
});

test("other pins are another build", async () => {
  installGo();
  const first = await resolve(tool());
  writeFileSync(join(folder, "module", "go.sum"), "changed\n");
  expect(await resolve(tool())).not.toBe(first);
});

test("leaves nothing behind when the build fails, and says the compiler's last words", async () => {
  installGo("#!/bin/sh\necho 'go: no such module' >&2\nexit 7\n");
  await expect(resolve(tool())).rejects.toThrow("go build failed (exit code 7):\n  go: no such module");
  expect(inCache()).toEqual([]);
});

test("sweeps up what a killed build left, its own alone", async () => {
  installGo();
  for (const name of [".tool-build-abc", ".other-build-def"]) {
    mkdirSync(join(folder, "cache", "tideline", "toolchain", name), { recursive: true });
  }
  await resolve(tool());
  expect(inCache()).toEqual([".other-build-def", expect.stringMatching(/^tool-/)]);
});

test("without go, says so", async () => {
  await expect(resolve(tool())).rejects.toThrow(
    "tool 1.2.3 is built from source and there is no go on PATH: https://go.dev/dl/.",
  );
  expect(existsSync(join(folder, "module", "go.mod"))).toBe(true);
});
