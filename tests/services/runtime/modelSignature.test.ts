import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readModelPackage } from "../../../services/runtime/modelPackage";
import { parsePublicKey, SIGNATURE } from "../../../services/runtime/modelSignature";
import { openObjectStore } from "../../../services/runtime/objectStore";
import { classifierPackage, publishPackage } from "../../support/onnxModels";
import { temporaryFolder } from "../../support/temporaryFolder";

const root = temporaryFolder();
const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const base64 = publicKey.export({ format: "der", type: "spki" }).toString("base64");
const folder = join(root, "toy/1");

/** Signs as docs/serving.md says, with the tools of a shell. */
function sign(): void {
  const key = join(root, "key.pem");
  const sums = join(root, "sums");
  writeFileSync(key, privateKey.export({ format: "pem", type: "pkcs8" }));
  const parts = ["card.json", "model.onnx", "reference.json"];
  writeFileSync(sums, execFileSync("sha256sum", parts, { cwd: folder }));
  const out = join(folder, SIGNATURE);
  execFileSync("openssl", ["pkeyutl", "-sign", "-rawin", "-inkey", key, "-in", sums, "-out", out]);
}

describe("a model's signature", () => {
  const read = async () => readModelPackage(openObjectStore(`file://${root}`), "toy", "1", parsePublicKey(base64));
  beforeEach(() => publishPackage(root, classifierPackage(2)));

  it("is asked for, and must be of the whole package by the key", async () => {
    const url = `file://${root}`;
    await expect(read()).rejects.toThrow(
      `There is no toy/1/signature.ed25519 in ${url}, and only signed models are served here. Sign the version.`,
    );
    sign();
    expect((await read()).card.version).toBe("1");
    await publishPackage(root, classifierPackage(2, { classes: ["yes", "no"] }));
    const forged = `toy/1/signature.ed25519 in ${url} is not the signature of this version by the key that is trusted here. Sign the version again, or do not serve it.`;
    await expect(read()).rejects.toThrow(forged);
    writeFileSync(join(folder, SIGNATURE), "");
    await expect(read()).rejects.toThrow(forged);
  });

  it("has a key that is Ed25519's", () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey;
    for (const text of ["", "x", rsa.export({ format: "der", type: "spki" }).toString("base64")]) {
      expect(parsePublicKey(text)).toBeUndefined();
    }
  });
});
