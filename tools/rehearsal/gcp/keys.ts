import type { Made, ResourceType, Rule } from "../resourceType";
import { DURATION, fixed, gcpType, input, NAME, object, oneOf, others, refers, text } from "./gcpType";
import { iamMember } from "./iamMember";

export const CRYPTO_KEY = "gcp:kms/cryptoKey:CryptoKey";
const KEY_RING = "gcp:kms/keyRing:KeyRing";
const KEY_GRANT = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";

/** An input that names a key. */
export const key = refers(CRYPTO_KEY, [], { replaces: true });

/** Location in a key's id: projects/P/locations/LOCATION/keyRings/R/cryptoKeys/K. */
function keyLocation(id: string): string {
  return id.split("/")[3] ?? "";
}

/**
 * A service encrypts with a customer's key only when its own account may use it, and only in the key's location.
 * @param keyOf finds the key's id among the inputs.
 * @param agent the part of the account's address behind the @.
 * @param locationOf where the resource lives, in lower case.
 */
export function encrypts(keyOf: (made: Made) => unknown, agent: string, locationOf: (made: Made) => string): Rule {
  return (made) => {
    const id = keyOf(made);
    if (typeof id !== "string" || id === "") return undefined;
    if (keyLocation(id) !== locationOf(made).toLowerCase()) {
      return `googleapi: Error 400: Cloud KMS key ${id} is in ${keyLocation(id)}; the resource in ${locationOf(made)} needs a key of the same location., invalid`;
    }
    const granted = others(made, undefined, KEY_GRANT).some(
      ({ inputs }) =>
        inputs.cryptoKeyId === id &&
        inputs.role === "roles/cloudkms.cryptoKeyEncrypterDecrypter" &&
        String(inputs.member).endsWith(`@${agent}`),
    );
    if (granted) return undefined;
    return `googleapi: Error 403: Permission denied on Cloud KMS key ${id}. Please ensure that the service account of ${agent} has been authorized to use this key., forbidden`;
  };
}

/** Keys rotate at most once a day. */
const rotation: Rule = (made) => {
  const seconds = Number.parseInt(input(made, "rotationPeriod") || "86400", 10);
  return seconds >= 86_400
    ? undefined
    : `googleapi: Error 400: The request field 'crypto_key.rotation_period' has errors: Duration must be at least 24 hours, found ${seconds}s., invalid`;
};

/** Cloud KMS. Source: Cloud KMS API v1; the provider's schema, 9.x. Its names stay taken after a destroy, unlike here. */
export const keyTypes: readonly ResourceType[] = [
  gcpType({
    token: KEY_RING,
    api: "cloudkms",
    inputs: {
      name: text({ required: true, replaces: true, pattern: /[\w-]{1,63}/ }),
      location: text({ required: true, replaces: true }),
    },
    id: (made) =>
      `projects/${input(made, "project") || made.account}/locations/${input(made, "location")}/keyRings/${input(made, "name")}`,
  }),
  gcpType({
    token: CRYPTO_KEY,
    api: "cloudkms",
    projectless: true,
    labels: "labels",
    inputs: {
      name: text({ required: true, replaces: true, pattern: NAME }),
      keyRing: refers(KEY_RING, [], { required: true, replaces: true }),
      purpose: text({ replaces: true, values: ["ENCRYPT_DECRYPT", "ASYMMETRIC_SIGN", "ASYMMETRIC_DECRYPT", "MAC"] }),
      rotationPeriod: text({ pattern: DURATION }),
      destroyScheduledDuration: text({ replaces: true, pattern: DURATION }),
      versionTemplate: object({
        algorithm: text({ required: true }),
        protectionLevel: fixed(oneOf("SOFTWARE", "HSM", "EXTERNAL")),
      }),
    },
    rules: [rotation],
    // A key can always be destroyed; what it encrypts is lost with it. Its grants go along.
    deletableWhileReferenced: true,
    id: (made) => `${input(made, "keyRing")}/cryptoKeys/${input(made, "name")}`,
  }),
  iamMember(KEY_GRANT, "cryptoKeyId", refers(CRYPTO_KEY, [], { required: true, replaces: true }), "cloudkms"),
];
