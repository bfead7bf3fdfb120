import { World } from "./world";

/** What a rehearsal can let go wrong. */
export const FAULT_KINDS = ["throttle", "timeout", "lost-answer", "crash"] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** Let every `every`-th operation of the whole rehearsal go wrong in this way. */
export interface Fault {
  readonly kind: FaultKind;
  readonly every: number;
}

/** Operations between two faults when none are given: some six faults in a stack of three clouds. */
const STANDARD_EVERY = 50;

/**
 * Parses `crash` or `crash:20`.
 * @throws {Error} saying what is allowed
 */
export function parseFault(text: string): Fault {
  const [kind, every = String(STANDARD_EVERY), ...rest] = text.split(":");
  const known = FAULT_KINDS.find((name) => name === kind);
  const count = Number(every);
  if (!known || rest.length > 0 || !Number.isInteger(count) || count < 1) {
    throw new Error(
      `There is no fault ${text}; allowed: ${FAULT_KINDS.join(", ")}, each with ":K" for every K-th operation, such as crash:20.`,
    );
  }
  return { kind: known, every: count };
}

/** The text that `parseFault` reads. */
export function formatFault({ kind, every }: Fault): string {
  return `${kind}:${every}`;
}

/** Counts the operations of all plugin processes together, in a file of `folder`, and says which one goes wrong. */
export class FaultCounter {
  private readonly world: World;

  constructor(
    folder: string,
    private readonly fault: Fault | undefined,
  ) {
    this.world = new World(folder, "operations");
  }

  /** The fault that hits the operation about to begin, and the how many-th it is. */
  async next(): Promise<{ readonly kind: FaultKind; readonly hit: number } | undefined> {
    const { fault } = this;
    if (!fault) return undefined;
    const count = await this.world.change((state) => {
      const sequence = state.sequence + 1;
      return { state: { ...state, sequence }, result: sequence };
    });
    return count % fault.every === 0 ? { kind: fault.kind, hit: count / fault.every } : undefined;
  }
}
