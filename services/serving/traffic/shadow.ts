import type { Job } from "../batcher";
import { bucketOf } from "../infer";
import type { InputRows } from "../joinRows";
import type { ServedModel } from "../servedModel";
import { type Tensor, takeRows } from "../tensor";
import { type Agreement, agreementOf } from "./compareAnswers";
import type { ShadowRule } from "./trafficRule";

/** Rows of a shadow that wait at once; more are left out, so that a slow shadow costs memory up to here only. */
const MOST_PENDING_ROWS = 1024;
/** Behind everything that a caller waits for. */
const LEAST_URGENT = 255;

/** What became of the rows that a shadow might have repeated. */
export type ShadowCounts = Record<"agreed" | "differed" | "failed" | "dropped", number>;

export interface ShadowArgs {
  readonly rule: ShadowRule;
  readonly primary: ServedModel;
  /** The shadow version, while it is in service. */
  readonly shadow: () => ServedModel | undefined;
  readonly counts: ShadowCounts;
  readonly random: () => number;
}

/**
 * Repeats answered requests with another version and compares the answers. Callers never wait for it, and nothing
 * that goes wrong with it reaches them.
 */
export class Shadow {
  private pendingRows = 0;
  private compared: { readonly with: ServedModel; readonly agree: Agreement } | undefined;

  constructor(private readonly args: ShadowArgs) {}

  /** Offers a request that was answered with rows `firstRow` to `firstRow + rows` of these outputs. Never throws. */
  offer(inputs: readonly InputRows[], rows: number, outputs: readonly Tensor[], firstRow: number): void {
    const { rule, shadow, counts, random } = this.args;
    if (rule.sample_percent < 100 && random() * 100 >= rule.sample_percent) return;
    const served = shadow();
    if (served === undefined || this.pendingRows + rows > MOST_PENDING_ROWS) {
      counts.dropped += rows;
      return;
    }
    const answer = this.args.primary.batcher.batches
      ? outputs.map((tensor) => takeRows(tensor, firstRow, rows))
      : [...outputs];
    this.pendingRows += rows;
    void served.inFlight.during(() => this.run(served, inputs, rows, answer));
  }

  private run(
    served: ServedModel,
    inputs: readonly InputRows[],
    rows: number,
    answer: readonly Tensor[],
  ): Promise<void> {
    const { counts } = this.args;
    return new Promise((resolve) => {
      const end = (outcome: "failed" | "dropped" | undefined) => {
        this.pendingRows -= rows;
        if (outcome !== undefined) counts[outcome] += rows;
        resolve();
      };
      const job: Job = {
        rows,
        inputs,
        priority: LEAST_URGENT,
        queuedAt: performance.now(),
        bucket: bucketOf(served, inputs),
        succeed: (outputs, firstRow) => {
          this.compare(served, rows, answer, outputs, firstRow);
          end(undefined);
        },
        fail: () => end("failed"),
      };
      try {
        served.batcher.submit(job);
      } catch {
        end("dropped");
      }
    });
  }

  private compare(
    served: ServedModel,
    rows: number,
    answer: readonly Tensor[],
    outputs: readonly Tensor[],
    firstRow: number,
  ): void {
    const { primary, rule, counts } = this.args;
    if (this.compared?.with !== served) {
      this.compared = { with: served, agree: agreementOf(primary.card, served.card, rule.tolerance) };
    }
    for (let row = 0; row < rows; row++) {
      if (this.compared.agree(answer, row, outputs, firstRow + row)) counts.agreed++;
      else counts.differed++;
    }
  }
}
