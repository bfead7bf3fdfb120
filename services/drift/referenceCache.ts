import type { DataSummary } from "./dataSummary";
import type { ReferenceStore } from "./referenceStore";
import type { RichSample } from "./richColumns";
import { ReferenceCells } from "./statistics/referenceCells";
import type { ColumnSummary } from "./summary";
import type { TableProfile } from "./tableProfile";

/** A decoded reference, columns by name in their order. */
export interface Reference extends DataSummary {
  readonly id: string;
  readonly contentHash: string;
  /** Memory that it takes, roughly. */
  readonly bytes: number;
}

/**
 * Decoded references, the least recently used dropped beyond `maximumBytes`. Each use asks the store for the content
 * hash, one short query, so that a reference replaced by another replica is never answered from memory.
 */
export class ReferenceCache {
  private readonly entries = new Map<string, Reference>();
  private readonly loading = new Map<string, Promise<Reference | undefined>>();
  private total = 0;

  constructor(
    private readonly store: ReferenceStore,
    private readonly maximumBytes: number,
  ) {}

  /** Memory in use, bytes. */
  get bytes(): number {
    return this.total;
  }

  /** The reference as it is stored now; undefined when there is none of that id. */
  async get(id: string): Promise<Reference | undefined> {
    const cached = this.entries.get(id);
    if (cached) {
      const current = await this.store.hashOf(id);
      if (current === cached.contentHash) {
        this.touch(cached);
        return cached;
      }
      this.drop(id);
      if (current === undefined) return undefined;
    }
    // Requests that come while a reference is read share the one read.
    let load = this.loading.get(id);
    if (!load) {
      load = this.load(id).finally(() => this.loading.delete(id));
      this.loading.set(id, load);
    }
    return load;
  }

  /** Forgets a reference, because it was deleted or replaced. */
  drop(id: string): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    this.entries.delete(id);
    this.total -= entry.bytes;
  }

  private async load(id: string): Promise<Reference | undefined> {
    const found = await this.store.read(id);
    if (!found) return undefined;
    const columns = new Map(found.summaries.map((summary) => [summary.name, summary]));
    const { contentHash, profile, rich } = found;
    const samples = (profile ? sizeOfSample(profile) : 0) + sizeOfRich(rich);
    const bytes = found.summaries.reduce((sum, summary) => sum + sizeOf(summary), samples);
    const reference: Reference = {
      id,
      contentHash,
      columns,
      bytes,
      ...(profile ? { profile } : {}),
      ...(rich ? { rich } : {}),
    };
    if (bytes <= this.maximumBytes) this.touch(reference);
    return reference;
  }

  /** Makes an entry the most recently used one, then drops the least recently used beyond the limit. */
  private touch(reference: Reference): void {
    this.drop(reference.id);
    this.entries.set(reference.id, reference);
    this.total += reference.bytes;
    for (const id of this.entries.keys()) {
      if (this.total <= this.maximumBytes) break;
      this.drop(id);
    }
  }
}

function sizeOf(summary: ColumnSummary): number {
  const fixed = 500 + 2 * summary.name.length;
  // With what windows are placed by, made when the first is.
  if (summary.kind === "numeric") {
    return fixed + summary.sorted.byteLength + (summary.counts ? 50 * summary.counts.size : ReferenceCells.bytes);
  }
  let text = 0;
  for (const category of summary.counts.keys()) text += 2 * category.length;
  return fixed + text + 100 * summary.counts.size;
}

function sizeOfRich(rich: ReadonlyMap<string, RichSample> = new Map()): number {
  let bytes = 0;
  for (const sample of rich.values()) {
    if (sample.kind === "text") for (const text of sample.values) bytes += 50 + 2 * text.length;
    else for (const vector of sample.values) bytes += 50 + 8 * vector.length;
  }
  return bytes;
}

/** Categories of a sample are shared strings, so a cell is a number or a pointer. */
function sizeOfSample({ sampledRows, sample }: TableProfile): number {
  return 500 * sample.size + 8 * sampledRows * sample.size;
}
