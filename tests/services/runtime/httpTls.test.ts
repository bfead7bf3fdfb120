import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readTls } from "../../../services/runtime/httpTls";
import { type Certificates, describeWithOpenssl, makeCertificates } from "../../support/certificates";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();

it("is none when no file is named", () => {
  expect(readTls({})).toBeUndefined();
});

it.each([
  [{ TLS_CERT_FILE: __filename }, "TLS_KEY_FILE is not set. TLS needs TLS_CERT_FILE and TLS_KEY_FILE, both in PEM."],
  [{ TLS_KEY_FILE: __filename }, "TLS_CERT_FILE is not set. TLS needs TLS_CERT_FILE and TLS_KEY_FILE, both in PEM."],
  [
    { TLS_CLIENT_CA_FILE: __filename },
    "TLS_CERT_FILE is not set. TLS needs TLS_CERT_FILE and TLS_KEY_FILE, both in PEM.",
  ],
  [
    { TLS_CERT_FILE: "/nowhere/cert.pem" },
    "TLS_CERT_FILE names /nowhere/cert.pem, which cannot be read: ENOENT: no such file or directory, open '/nowhere/cert.pem'.",
  ],
])("says what is wrong with %j", (files, message) => {
  expect(() => readTls(files)).toThrow(message);
});

describeWithOpenssl("files of TLS", () => {
  let files: Certificates;
  beforeAll(() => {
    files = makeCertificates(folder);
  });

  it("reads a pair, and the authorities of callers", () => {
    const pair = { TLS_CERT_FILE: files.serverCert, TLS_KEY_FILE: files.serverKey };
    expect(Object.keys(readTls(pair) ?? {})).toEqual(["cert", "key"]);
    expect(Object.keys(readTls({ ...pair, TLS_CLIENT_CA_FILE: files.ca }) ?? {})).toEqual(["cert", "key", "ca"]);
  });

  it("refuses a key of another certificate, and what is no certificate", () => {
    const mixed = { TLS_CERT_FILE: files.serverCert, TLS_KEY_FILE: files.clientKey };
    expect(() => readTls(mixed)).toThrow(
      `The TLS files ${files.serverCert}, ${files.clientKey} cannot be used together: `,
    );
    const text = join(folder, "text.pem");
    writeFileSync(text, "no certificate");
    expect(() => readTls({ TLS_CERT_FILE: text, TLS_KEY_FILE: files.serverKey })).toThrow("cannot be used together: ");
  });
});
