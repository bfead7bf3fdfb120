import { StatisticsError } from "./statisticsError";

/** A non-decreasing step function: `values[i]` from `starts[i]` on, the first also below. */
export interface IsotonicFit {
  readonly starts: readonly number[];
  readonly values: readonly number[];
}

/**
 * The non-decreasing function of `inputs` nearest to `targets` in squares, by pooling adjacent violators (Ayer and
 * others 1955); equal inputs share one value. Of scores and outcomes 0 or 1 it is the calibrated probability.
 */
export function fitIsotonic(inputs: ArrayLike<number>, targets: ArrayLike<number>): IsotonicFit {
  if (inputs.length === 0 || inputs.length !== targets.length) {
    throw new StatisticsError(`${inputs.length} inputs and ${targets.length} targets: as many of each are needed`);
  }
  const order = Array.from(inputs, (_, i) => i).sort((a, b) => (inputs[a] as number) - (inputs[b] as number));
  const blocks: Block[] = [];
  for (const i of order) {
    const [start, sum] = [inputs[i] as number, targets[i] as number];
    const last = blocks[blocks.length - 1];
    if (last?.start === start) {
      last.sum += sum;
      last.count++;
    } else blocks.push({ start, sum, count: 1 });
  }
  const pooled: Block[] = [];
  for (const block of blocks) {
    pooled.push(block);
    pool(pooled);
  }
  return { starts: pooled.map(({ start }) => start), values: pooled.map(({ sum, count }) => sum / count) };
}

interface Block {
  readonly start: number;
  sum: number;
  count: number;
}

/** Joins the last block with those before it until their means rise. */
function pool(blocks: Block[]): void {
  for (let at = blocks.length - 1; at > 0; at--) {
    const [before, after] = [blocks[at - 1], blocks[at]];
    if (!before || !after || before.sum / before.count < after.sum / after.count) return;
    before.sum += after.sum;
    before.count += after.count;
    blocks.pop();
  }
}

/** The fitted value at an input. */
export function isotonicAt({ starts, values }: IsotonicFit, input: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) <= input) low = middle;
    else high = middle;
  }
  return values[low] as number;
}
