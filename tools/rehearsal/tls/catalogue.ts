import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { version } from "@pulumi/tls/package.json";
import { byToken, type Catalogue } from "../catalogue";
import type { Made, ResourceType } from "../resourceType";

/** RFC 8410: the fixed beginning of a PKCS #8 Ed25519 key, before its 32 bytes of seed. */
const ED25519_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

/** A real Ed25519 key, the same for the same resource in every rehearsal. */
function keyOf({ name, inputs, sequence }: Made): KeyObject {
  const seed = createHash("sha256")
    .update(JSON.stringify([name, inputs, sequence]))
    .digest();
  return createPrivateKey({ key: Buffer.concat([ED25519_PREFIX, seed]), format: "der", type: "pkcs8" });
}

const types: readonly ResourceType[] = [
  {
    token: "tls:index/privateKey:PrivateKey",
    // Only this algorithm gives keys that can be derived, so that a rehearsal repeats.
    inputs: { algorithm: { type: "string", required: true, replaces: true, values: ["ED25519"] } },
    id: (made) =>
      createHash("sha1")
        .update(publicPem(keyOf(made)))
        .digest("hex"),
    outputs: (made) => {
      const key = keyOf(made);
      const privateKeyPem = key.export({ format: "pem", type: "pkcs8" }).toString();
      return { privateKeyPem, privateKeyPemPkcs8: privateKeyPem, publicKeyPem: publicPem(key) };
    },
  },
];

function publicPem(key: KeyObject): string {
  return createPublicKey(key).export({ format: "pem", type: "spki" }).toString();
}

/** The tls provider: private keys. Source: the provider's schema, 5.x. */
export const tlsCatalogue: Catalogue = {
  package: "tls",
  version,
  typeOf: byToken(types),
  functions: {},
  locate: () => ({ account: "local", region: "local" }),
  refusals: {
    inUse: (target) => `${target.id} is in use.`,
    exists: (token, value) => `${token} ${value} exists already.`,
    missing: (path, value) => `${path}: there is no ${value}.`,
    protectedFromDeletion: (target) => `${target.id} is protected.`,
  },
};
