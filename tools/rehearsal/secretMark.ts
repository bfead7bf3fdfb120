/**
 * Pulumi's marks of special values, and that of a secret among them (sdk/go/common/resource/sig). Written down here,
 * because @pulumi/pulumi has them in a module that loads all of it, and a plugin must start fast.
 */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Is it the envelope of a secret, in a state or an event of the engine? */
export function isSecretMark(value: unknown): boolean {
  return typeof value === "object" && value !== null && (value as Record<string, unknown>)[SIGNATURE] === SECRET;
}

/** Is a secret anywhere in it? */
export function holdsSecret(value: unknown): boolean {
  return JSON.stringify(value)?.includes(`"${SIGNATURE}":"${SECRET}"`) ?? false;
}
