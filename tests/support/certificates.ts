import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Paths of PEM files: an authority, and a certificate and its key each for a server on 127.0.0.1 and for a caller. */
export interface Certificates {
  readonly ca: string;
  readonly serverCert: string;
  readonly serverKey: string;
  readonly clientCert: string;
  readonly clientKey: string;
}

/** Makes the files in `folder`, good for a day, with the `openssl` of the machine. */
export function makeCertificates(folder: string): Certificates {
  const path = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "pipe" });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const authority = ["-keyout", path("ca.key"), "-out", path("ca.pem"), "-subj", "/CN=Test authority", "-days", "1"];
  openssl("req", "-x509", ...newKey, ...authority);
  const issue = (name: string, subject: string) => {
    const [key, request, cert] = [path(`${name}.key`), path(`${name}.csr`), path(`${name}.pem`)];
    openssl("req", ...newKey, "-keyout", key, "-out", request, "-subj", `/CN=${subject}`);
    const names = path(`${name}.ext`);
    writeFileSync(names, "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
    const signer = ["-CA", path("ca.pem"), "-CAkey", path("ca.key"), "-CAcreateserial", "-days", "1"];
    openssl("x509", "-req", "-in", request, "-out", cert, "-extfile", names, ...signer);
    return { key, cert };
  };
  const [server, client] = [issue("server", "server"), issue("client", "batch-job")];
  return {
    ca: path("ca.pem"),
    serverCert: server.cert,
    serverKey: server.key,
    clientCert: client.cert,
    clientKey: client.key,
  };
}

/** A `describe` for tests that need openssl; without it they are skipped aloud, or fail with CI=true. */
export function describeWithOpenssl(name: string, body: () => void): void {
  if (spawnSync("openssl", ["version"]).status === 0) {
    describe(name, body);
    return;
  }
  if (process.env.CI === "true") throw new Error(`${name} needs openssl on PATH.`);
  console.warn(`Skipped: ${name}. There is no openssl on PATH.`);
  describe(name, () => test.skip("needs openssl", () => {}));
}
