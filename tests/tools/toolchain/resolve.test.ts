import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { arch, platform } from "node:process";
import { type ResolvedPulumi, resolvePulumi } from "../../../tools/toolchain/resolve";
import { MINIMUM_VERSION, PINNED_VERSION } from "../../../tools/toolchain/versions";
import { freePort } from "../../support/ports";
import { type ReleaseServer, startReleaseServer } from "../../support/releaseServer";
import { temporaryFolder } from "../../support/temporaryFolder";

const root = temporaryFolder();
let server: ReleaseServer;
let unreachable: string;
let folder: string;
let lines: string[];
let count = 0;

beforeAll(async () => {
  server = await startReleaseServer(PINNED_VERSION, platform, arch);
  unreachable = `http://127.0.0.1:${await freePort()}`;
});
afterAll(() => server.close());
beforeEach(() => {
  folder = join(root, String(count++));
  lines = [];
  server.fault = "none";
  server.requests.length = 0;
});

/** A go that "builds" a pulumi: it notes its arguments and writes the file that it was asked for. */
const GO = `#!/bin/sh
echo "$@" >> "\${0%/*}/calls"
test -f go.mod && test -f go.sum || exit 9
for last; do case "$previous" in -o) out="$last";; esac; previous="$last"; done
echo '#!/bin/sh' > "$out"
`;

function command(name: string, script: string): void {
  mkdirSync(join(folder, "bin"), { recursive: true });
  writeFileSync(join(folder, "bin", name), script);
  chmodSync(join(folder, "bin", name), 0o755);
}

function resolve(releases = unreachable): Promise<ResolvedPulumi> {
  const env = {
    PATH: join(folder, "bin"),
    XDG_CACHE_HOME: join(folder, "cache"),
    TIDELINE_PULUMI_RELEASES: releases,
  };
  return resolvePulumi({ env, report: (line) => lines.push(line) });
}

function inCache(): string[] {
  return readdirSync(join(folder, "cache", "tideline", "toolchain")).sort();
}

test("first, a pulumi on PATH that is new enough", async () => {
  command("pulumi", `#!/bin/sh\necho v${MINIMUM_VERSION}\n`);
  const path = join(folder, "bin", "pulumi");
  expect(await resolve(server.url)).toEqual({ path, origin: "installed", version: MINIMUM_VERSION });
  expect(server.requests).toEqual([]);
  expect(existsSync(join(folder, "cache"))).toBe(false);
  expect(lines).toEqual([]);
});

test("second, the release, which is downloaded once", async () => {
  const [first, second] = await Promise.all([resolve(server.url), resolve(server.url)]);
  const path = join(folder, "cache/tideline/toolchain", `pulumi-${PINNED_VERSION}-release`, "pulumi");
  expect(first).toEqual({ path, origin: "release", version: PINNED_VERSION });
  expect(second).toEqual(first);
  expect(await resolve(unreachable)).toEqual(first);
  expect(server.requests).toHaveLength(2);
  expect(inCache()).toEqual([`pulumi-${PINNED_VERSION}-release`]);
});

test.each([
  ["too old", "echo v3.1.0", `is version 3.1.0, older than ${MINIMUM_VERSION}`],
  ["mute", "exit 1", "does not tell its version"],
])("a pulumi on PATH that is %s is passed over, and the reason told", async (_, script, problem) => {
  command("pulumi", `#!/bin/sh\n${script}\n`);
  expect(await resolve(server.url)).toMatchObject({ origin: "release" });
  const path = join(folder, "bin", "pulumi");
  expect(lines[0]).toBe(`${path} ${problem}; using Tideline's own Pulumi ${PINNED_VERSION} instead.`);
});

test("third, a build with the pinned sources, once, with the language host beside it", async () => {
  command("go", GO);
  const [first, second] = await Promise.all([resolve(), resolve()]);
  expect(first).toMatchObject({ origin: "build", version: PINNED_VERSION });
  expect(second).toEqual(first);
  expect(await resolve()).toEqual(first);
  const calls = readFileSync(join(folder, "bin", "calls"), "utf8")
    .trim()
    .split("\n");
  expect(calls).toHaveLength(1);
  expect(calls[0]).toContain("build -trimpath -buildvcs=false -mod=readonly -ldflags");
  expect(calls[0]).toContain(`-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${PINNED_VERSION}`);
  expect(calls[0]).toMatch(/ github\.com\/pulumi\/pulumi\/pkg\/v3\/cmd\/pulumi$/);
  expect(inCache()).toEqual([expect.stringMatching(`^pulumi-${PINNED_VERSION}-build-[0-9a-f]{12}$`)]);
  expect(readdirSync(join(first.path, "..")).sort()).toEqual([
    "dynamicProvider.cjs",
    "languageHost.cjs",
    "pulumi",
    "pulumi-language-nodejs",
    "pulumi-resource-pulumi-nodejs",
  ]);
  expect(lines).toContain(
    `No Pulumi release could be had. ${unreachable}/pulumi-${PINNED_VERSION}-checksums.txt cannot be reached: connect ECONNREFUSED ${unreachable.slice(7)}.`,
  );
  expect(lines).toContain(
    `Building Pulumi ${PINNED_VERSION} from source, once for this machine; this takes 4 to 10 minutes ...`,
  );
});

test("a release with a wrong checksum is refused, and the build used", async () => {
  server.fault = "wrong-checksum";
  command("go", GO);
  expect(await resolve(server.url)).toMatchObject({ origin: "build" });
});

test("what killed processes left in the cache is swept up", async () => {
  for (const name of [".build-abc", ".download-def"]) {
    mkdirSync(join(folder, "cache", "tideline", "toolchain", name), { recursive: true });
  }
  await resolve(server.url);
  expect(inCache()).toEqual([`pulumi-${PINNED_VERSION}-release`]);
});

describe("last, a message that says what was tried and how to install one", () => {
  const ending = [
    "Install Pulumi (https://www.pulumi.com/docs/install/), or Go (https://go.dev/dl/) to have it built, and try again.",
    "Where the network has a mirror of Pulumi's releases, set TIDELINE_PULUMI_RELEASES to its address.",
  ];
  const failure = () =>
    resolve().then(
      () => "",
      (error: Error) => error.message.split("\n"),
    );

  test("without go", async () => {
    const refused = `${unreachable}/pulumi-${PINNED_VERSION}-checksums.txt cannot be reached: connect ECONNREFUSED ${unreachable.slice(7)}.`;
    expect(await failure()).toEqual([
      `Tideline needs the Pulumi CLI ${MINIMUM_VERSION} or newer and could not get one:`,
      "  - There is no pulumi on PATH.",
      `  - ${refused}`,
      "  - There is no go on PATH to build it from source.",
      ...ending,
    ]);
  });

  test("with a build that fails, whose last words are shown and whose remains are removed", async () => {
    command("go", "#!/bin/sh\necho 'go: no such module' >&2\nexit 7\n");
    const message = await failure();
    expect(message).toContain("  - go build failed (exit code 7):");
    expect(message).toContain("  go: no such module");
    expect(inCache()).toEqual([]);
  });
});
