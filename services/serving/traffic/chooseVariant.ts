import { createHash } from "node:crypto";

/** Which of a model's versions answers a request. */
export type Variant = "stable" | "canary";

export interface Choice {
  readonly variant: Variant;
  /** False when the caller asked for it: such requests say nothing of the others in a comparison. */
  readonly assigned: boolean;
}

export interface ChoiceArgs {
  /** Share of the canary, 0 to 100. */
  readonly weightPercent: number;
  /** The header x-canary: always or true, never or false. */
  readonly asked: string | undefined;
  /** Requests with the same key get the same variant as long as the weight is the same; a growing one takes none back. */
  readonly stickyKey: string | undefined;
  /** Tells one experiment from another: a key that is early in one is not in the next. */
  readonly salt: string;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/**
 * Chooses by what the caller asks, else by its key, else by chance. Anything else than always, true, never and false
 * in x-canary asks for nothing.
 */
export function chooseVariant({ weightPercent, asked, stickyKey, salt, random }: ChoiceArgs): Choice {
  if (asked === "always" || asked === "true") return { variant: "canary", assigned: false };
  if (asked === "never" || asked === "false") return { variant: "stable", assigned: false };
  const place = stickyKey === undefined || stickyKey === "" ? random() : placeOf(`${salt}\n${stickyKey}`);
  return { variant: place * 100 < weightPercent ? "canary" : "stable", assigned: true };
}

/** A place from 0 up to 1, the same for the same text on every machine. */
function placeOf(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}
