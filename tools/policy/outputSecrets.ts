import { isSecretMark } from "../rehearsal/secretMark";

/** Names whose values nobody prints. A name that ends in Secret is a reference to one, as in DatabaseSecret. */
const NAMES = /(password|passwd|token|api_?key|private_?key|access_?key|kubeconfig|connection_?string|credentials?)$/i;

/** Texts that are a secret whatever they are called, and what each is. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i, "a URL with a password in it"],
  [/\b(AKIA|ASIA)[0-9A-Z]{16}\b/, "an AWS access key"],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/, "a signed token"],
  [/\bgh[pousr]_[A-Za-z0-9]{36}\b/, "a GitHub token"],
];

/** An output that holds a secret and is not marked as one. */
export interface PlainSecret {
  readonly output: string;
  /** Why it is taken for a secret. */
  readonly reason: string;
}

/**
 * Looks through a stack's outputs as the engine's events show them, where a secret is hidden behind a mark. A policy
 * pack cannot do this: the SDK takes the marks off before a rule sees the values.
 */
export function plainSecrets(outputs: Readonly<Record<string, unknown>>): readonly PlainSecret[] {
  return Object.entries(outputs).flatMap(([output, value]) => {
    const reason = reasonOf(output, value);
    return reason === undefined ? [] : [{ output, reason }];
  });
}

function reasonOf(name: string, value: unknown): string | undefined {
  if (typeof value === "object" && value !== null) {
    if (isSecretMark(value)) return undefined;
    const members = Array.isArray(value) ? value.map((member) => [name, member] as const) : Object.entries(value);
    return members.map(([key, member]) => reasonOf(key, member)).find((reason) => reason !== undefined);
  }
  if (typeof value !== "string" || value === "") return undefined;
  const [, what] = TEXTS.find(([pattern]) => pattern.test(value)) ?? [];
  if (what !== undefined) return `it is ${what}`;
  return NAMES.test(name) ? `${name} is a secret's name` : undefined;
}
