import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "tar";

/** What a server of releases does with the archive. */
export type Fault = "none" | "wrong-checksum" | "not-listed" | "no-archive" | "breaks-off" | "silent" | "mute";

export interface ReleaseServer {
  readonly url: string;
  /** Paths that were asked for. */
  readonly requests: string[];
  fault: Fault;
  close(): Promise<void>;
}

/** Serves one release, whose `pulumi` is a script that prints its version, under the official file names. */
export async function startReleaseServer(version: string, platform: string, arch: string): Promise<ReleaseServer> {
  const archive = `pulumi-v${version}-${platform}-${arch}.tar.gz`;
  const bytes = await packRelease(version);
  const sum = createHash("sha256").update(bytes).digest("hex");
  const state: { fault: Fault; requests: string[] } = { fault: "none", requests: [] };
  const server = createServer(({ url = "" }, response) => {
    state.requests.push(url);
    const { fault } = state;
    if (fault === "mute") return;
    if (url === `/pulumi-${version}-checksums.txt`) {
      const published = fault === "wrong-checksum" ? "0".repeat(64) : sum;
      response.end(`${"f".repeat(64)}  another.tar.gz\n${fault === "not-listed" ? "" : `${published}  ${archive}\n`}`);
    } else if (url !== `/${archive}` || fault === "no-archive") {
      response.writeHead(404).end();
    } else {
      response.setHeader("content-length", bytes.length);
      if (fault === "none" || fault === "wrong-checksum") response.end(bytes);
      else response.write(bytes.subarray(0, 100), () => fault === "breaks-off" && response.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

async function packRelease(version: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "tideline-release-"));
  try {
    mkdirSync(join(folder, "pulumi"));
    writeFileSync(join(folder, "pulumi", "pulumi"), `#!/bin/sh\necho v${version}\n`);
    writeFileSync(join(folder, "pulumi", "pulumi-language-nodejs"), "#!/bin/sh\n");
    for (const file of ["pulumi", "pulumi-language-nodejs"]) chmodSync(join(folder, "pulumi", file), 0o755);
    await create({ gzip: true, file: join(folder, "archive"), cwd: folder }, ["pulumi"]);
    return readFileSync(join(folder, "archive"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
