import type { Tensor } from "./tensor";
import { writeBinaryData } from "./tensors/binaryData";

/** What an entry costs beside its bytes: the map's slot and the tensors' objects. */
const ENTRY_BYTES = 512;

interface Entry {
  readonly outputs: readonly Tensor[];
  readonly bytes: number;
}

/**
 * Answers of one model version by its inputs, for models that answer the same to the same. The whole inputs are the
 * key, so that no two requests are ever taken for one another. What was not asked for the longest goes first when the
 * limit is reached.
 */
export class ResponseCache {
  /** In the order in which they were last asked for. */
  private readonly entries = new Map<string, Entry>();
  private usedBytes = 0;

  constructor(private readonly limitBytes: number) {}

  /** Memory in use, roughly. */
  get bytes(): number {
    return this.usedBytes;
  }

  /** The key of a request; inputs are in the model's order and of its datatypes, so shapes and elements tell them apart. */
  static keyOf(inputs: readonly Tensor[]): string {
    const parts = inputs.map((tensor) => writeBinaryData(tensor).toString("latin1"));
    return `${inputs.map(({ shape }) => shape.join()).join(";")}|${parts.join("")}`;
  }

  get(key: string): readonly Tensor[] | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.outputs;
  }

  /** Keeps the outputs, all of the model's, unless they alone are beyond the limit. */
  put(key: string, outputs: readonly Tensor[]): void {
    const sizes = outputs.map((tensor) => writeBinaryData(tensor).length);
    const bytes = sizes.reduce((sum, size) => sum + size, key.length + ENTRY_BYTES);
    if (bytes > this.limitBytes) return;
    this.drop(key);
    for (const eldest of this.entries.keys()) {
      if (this.usedBytes + bytes <= this.limitBytes) break;
      this.drop(eldest);
    }
    this.entries.set(key, { outputs, bytes });
    this.usedBytes += bytes;
  }

  private drop(key: string): void {
    this.usedBytes -= this.entries.get(key)?.bytes ?? 0;
    this.entries.delete(key);
  }
}
