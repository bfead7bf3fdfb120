import { createPublicKey, type KeyObject, verify } from "node:crypto";

/** Name of a package's signature, beside its card: the 64 bytes of an Ed25519 signature (RFC 8032). */
export const SIGNATURE = "signature.ed25519";

/**
 * What is signed of a package: a line "HASH  NAME" for each part by name, as `sha256sum card.json model.onnx
 * reference.json` prints them, so that a shell can sign and check it too.
 */
export function signedText(hashes: Readonly<Record<string, string>>): string {
  const names = Object.keys(hashes).sort();
  return names.map((name) => `${hashes[name]}  ${name}\n`).join("");
}

/** True when the signature is the key's of this text. */
export function isSignedBy(publicKey: KeyObject, text: string, signature: Uint8Array): boolean {
  return verify(null, Buffer.from(text), publicKey, signature);
}

/** The Ed25519 public key in base64 of its DER form, as `openssl pkey -pubout -outform DER | base64` prints it; else undefined. */
export function parsePublicKey(base64: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyType === "ed25519" ? key : undefined;
  } catch {
    return undefined;
  }
}
