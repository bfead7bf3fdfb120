import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { extract } from "tar";
import { ToolchainError } from "./errors";
import { type Body, type FetchTimeouts, fetchBody, fetchText } from "./fetchBody";

/** Pulumi's download server; archives and checksum files lie side by side. */
export const OFFICIAL_RELEASES = "https://get.pulumi.com/releases/sdk";

export interface ReleaseArgs {
  readonly version: string;
  /** Where archives and checksums lie; a mirror keeps the official file names. */
  readonly baseUrl: string;
  /** The cache folder. */
  readonly cache: string;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly report: (line: string) => void;
  /** @default 4 s to connect, 30 s of silence */
  readonly timeouts?: FetchTimeouts;
}

/** Prefix of the folders, in the cache, of downloads that are under way or were broken off. */
export const PARTIAL_DOWNLOAD = ".download-";

const TIMEOUTS: FetchTimeouts = { connectMs: 4_000, silenceMs: 30_000 };
const PROGRESS_INTERVAL_MS = 4_000;

/** The `pulumi` of a release that is in the cache already, or undefined. */
export function cachedRelease(cache: string, version: string): string | undefined {
  const pulumi = join(releaseFolder(cache, version), "pulumi");
  return existsSync(pulumi) ? pulumi : undefined;
}

/**
 * Downloads an official release into the cache and returns the path of its `pulumi`. Only an archive whose SHA-256 is
 * the published one is unpacked, and only a fully unpacked one gets its final name.
 * @throws {ToolchainError} when there is no release for this machine, the server cannot be reached, the download breaks
 * off or the checksum differs; nothing is left behind then.
 */
export async function downloadRelease(args: ReleaseArgs): Promise<string> {
  const { version, cache } = args;
  const archive = archiveName(version, args.platform, args.arch);
  const base = args.baseUrl.replace(/\/+$/, "");
  const timeouts = args.timeouts ?? TIMEOUTS;
  const sumsUrl = `${base}/pulumi-${version}-checksums.txt`;
  const published = publishedChecksum(await fetchText(sumsUrl, timeouts), archive);
  if (!published) throw new ToolchainError(`${sumsUrl} does not list ${archive}.`);

  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, PARTIAL_DOWNLOAD));
  try {
    const file = join(folder, archive);
    const body = await fetchBody(`${base}/${archive}`, timeouts);
    args.report(`Downloading Pulumi ${version} from ${base} ...`);
    await pipeline(withProgress(body, args.report), createWriteStream(file));
    await checkSum(file, published, `${base}/${archive}`);
    await extract({ file, cwd: folder });
    rmSync(releaseFolder(cache, version), { recursive: true, force: true });
    renameSync(join(folder, "pulumi"), releaseFolder(cache, version));
    return join(releaseFolder(cache, version), "pulumi");
  } catch (error) {
    if (error instanceof ToolchainError) throw error;
    throw new ToolchainError(`The download of ${base}/${archive} broke off: ${(error as Error).message}.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function releaseFolder(cache: string, version: string): string {
  return join(cache, `pulumi-${version}-release`);
}

function archiveName(version: string, platform: NodeJS.Platform, arch: string): string {
  if ((platform !== "linux" && platform !== "darwin") || (arch !== "x64" && arch !== "arm64")) {
    throw new ToolchainError(`Releases are fetched for linux and darwin, x64 and arm64; this is ${platform} ${arch}.`);
  }
  return `pulumi-v${version}-${platform}-${arch}.tar.gz`;
}

/** Finds a line `<sha256>  <file name>`, as sha256sum writes them. */
function publishedChecksum(sums: string, archive: string): string | undefined {
  const fields = sums.split("\n").map((line) => line.trim().split(/\s+\*?/));
  return fields.find(([, name]) => name === archive)?.[0]?.toLowerCase();
}

async function checkSum(file: string, published: string, url: string): Promise<void> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest("hex");
  if (actual === published) return;
  throw new ToolchainError(
    `${url} is not what was published: its SHA-256 is ${actual}, the published one is ${published}. It was not used.`,
  );
}

async function* withProgress({ length, chunks }: Body, report: (line: string) => void) {
  const total = length ? ` of ${megabytes(length)}` : "";
  let received = 0;
  let reported = Date.now();
  for await (const chunk of chunks) {
    received += chunk.byteLength;
    if (Date.now() - reported >= PROGRESS_INTERVAL_MS) {
      report(`  ${megabytes(received)}${total} MB`);
      reported = Date.now();
    }
    yield chunk;
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
