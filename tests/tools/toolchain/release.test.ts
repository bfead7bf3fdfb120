import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { cachedRelease, downloadRelease, type ReleaseArgs } from "../../../tools/toolchain/release";
import { freePort } from "../../support/ports";
import { type Fault, type ReleaseServer, startReleaseServer } from "../../support/releaseServer";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();
let server: ReleaseServer;
let args: ReleaseArgs;
let count = 0;

beforeAll(async () => {
  server = await startReleaseServer("3.1.4", "linux", "arm64");
});
afterAll(() => server.close());
beforeEach(() => {
  server.fault = "none";
  const timeouts = { connectMs: 2_000, silenceMs: 200 };
  const cache = join(folder, `cache-${count++}`);
  args = { version: "3.1.4", baseUrl: server.url, cache, platform: "linux", arch: "arm64", report: () => {}, timeouts };
});

test("a release whose checksum is right is unpacked, found again, and runs", async () => {
  const lines: string[] = [];
  const path = await downloadRelease({ ...args, baseUrl: `${server.url}/`, report: (line) => lines.push(line) });
  expect(path).toBe(join(args.cache, "pulumi-3.1.4-release", "pulumi"));
  expect(execFileSync(path, { encoding: "utf8" })).toBe("v3.1.4\n");
  expect(cachedRelease(args.cache, "3.1.4")).toBe(path);
  expect(cachedRelease(args.cache, "3.1.5")).toBeUndefined();
  expect(readdirSync(args.cache)).toEqual(["pulumi-3.1.4-release"]);
  expect(lines).toEqual([`Downloading Pulumi 3.1.4 from ${server.url} ...`]);
});

describe("nothing is left behind and nothing is used when", () => {
  const archive = () => `${server.url}/pulumi-v3.1.4-linux-arm64.tar.gz`;
  const cases: [string, Fault, () => string | RegExp][] = [
    [
      "the checksum differs",
      "wrong-checksum",
      () =>
        /^.*arm64\.tar\.gz is not what was published: its SHA-256 is [0-9a-f]{64}, the published one is 0{64}\. It was not used\.$/,
    ],
    [
      "the checksums do not list the archive",
      "not-listed",
      () => `${server.url}/pulumi-3.1.4-checksums.txt does not list pulumi-v3.1.4-linux-arm64.tar.gz.`,
    ],
    ["the archive is missing", "no-archive", () => `${archive()} answered 404 Not Found.`],
    ["the download breaks off", "breaks-off", () => `The download of ${archive()} broke off: terminated.`],
    [
      "the server falls silent",
      "silent",
      () => `The download of ${archive()} broke off: the server fell silent for 0.2 s.`,
    ],
  ];
  test.each(cases)("%s", async (_, fault, message) => {
    server.fault = fault;
    await expect(downloadRelease(args)).rejects.toThrow(message());
    expect(cachedRelease(args.cache, "3.1.4")).toBeUndefined();
    expect(list(args.cache)).toEqual([]);
  });
});

test("a server that cannot be reached is given up at once", async () => {
  const baseUrl = `http://127.0.0.1:${await freePort()}`;
  const message = `${baseUrl}/pulumi-3.1.4-checksums.txt cannot be reached: connect ECONNREFUSED`;
  await expect(downloadRelease({ ...args, baseUrl })).rejects.toThrow(message);
});

test("so is one that does not answer", async () => {
  server.fault = "mute";
  const timeouts = { connectMs: 100, silenceMs: 200 };
  const message = `${server.url}/pulumi-3.1.4-checksums.txt cannot be reached: no answer within 0.1 s.`;
  await expect(downloadRelease({ ...args, timeouts })).rejects.toThrow(message);
});

test("a machine without releases is told so, without asking the server", async () => {
  server.requests.length = 0;
  const message = "Releases are fetched for linux and darwin, x64 and arm64; this is win32 x64.";
  await expect(downloadRelease({ ...args, platform: "win32", arch: "x64" })).rejects.toThrow(message);
  expect(server.requests).toEqual([]);
});

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
