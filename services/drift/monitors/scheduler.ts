import { randomUUID } from "node:crypto";
import { isDatabaseUnavailable } from "../../runtime/database";
import { ServiceError } from "../../runtime/errors";
import type { Logger } from "../../runtime/logging";
import type { DriftMetrics } from "../driftMetrics";
import type { Comparison, DriftMonitor } from "../monitor";
import type { ReportStore } from "../reports/reportStore";
import { joinBatches } from "./batchCodec";
import type { ClaimedRun, MonitorStore, RunResult } from "./monitorStore";
import { asksForRetraining, messagesOf } from "./notifications";
import type { Outbox } from "./outbox";

export interface SchedulerArgs {
  readonly monitors: MonitorStore;
  readonly drift: DriftMonitor;
  readonly reports: ReportStore;
  readonly outbox: Outbox;
  readonly metrics: DriftMetrics;
  readonly log: Logger;
  /** Time between looks at what is due. */
  readonly pollSeconds: number;
  /** Score above which a retrain event is sent. */
  readonly retrainScore: number;
}

/** Runs the monitors that are due on this replica, one after the other; replicas share them by leases in the database. */
export class Scheduler {
  private readonly timer: NodeJS.Timeout;
  private working: Promise<void> | undefined;
  private stopped = false;

  constructor(private readonly args: SchedulerArgs) {
    this.timer = setInterval(() => this.look(), args.pollSeconds * 1000);
    this.timer.unref();
  }

  /** Runs a monitor now, due or not; undefined when another replica runs it. */
  async runNow(id: string): Promise<RunResult | undefined> {
    const claimed = await this.args.monitors.claim(randomUUID(), id);
    const result = claimed && (await this.run(claimed));
    this.look();
    return result;
  }

  /** Ends the run at work and starts no other. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.working;
  }

  private look(): void {
    if (this.stopped || this.working) return;
    this.working = this.runDue()
      .catch((error: unknown) => {
        // That the database is away is said once, by who watches it.
        const level = isDatabaseUnavailable(error) ? "debug" : "error";
        this.args.log[level]({ err: error }, "monitors could not be run");
      })
      .finally(() => {
        this.working = undefined;
      });
  }

  private async runDue(): Promise<void> {
    while (!this.stopped) {
      const claimed = await this.args.monitors.claim(randomUUID());
      if (!claimed) break;
      await this.run(claimed);
    }
    await this.args.outbox.deliver();
  }

  private async run(claimed: ClaimedRun): Promise<RunResult | undefined> {
    const { monitor } = claimed;
    const { comparison, result } = await this.judge(claimed);
    const { reports, outbox, log, metrics, retrainScore } = this.args;
    const kept = await this.args.monitors.finish(claimed, result, async (client) => {
      if (!comparison || result.reportId === null) return;
      await reports.write(client, result.reportId, monitor.id, comparison);
      const now = new Date();
      const occasion = { monitor, report: comparison.report, reportId: result.reportId, now, retrainScore };
      await outbox.write(client, messagesOf(occasion));
    });
    if (!kept) {
      log.warn({ monitor: monitor.id }, "a run took longer than its lease; another replica has taken it on");
      return undefined;
    }
    metrics.ran(result.outcome);
    if (comparison && asksForRetraining(comparison.report, retrainScore)) {
      metrics.retrainAsked();
      const { drift_score: score } = comparison.report;
      log.info({ monitor: monitor.id, score, limit: retrainScore, report: result.reportId }, "retraining asked for");
    }
    return result;
  }

  /** A verdict that cannot be had is the run's outcome, not an error of the service. */
  private async judge({ monitor }: ClaimedRun): Promise<{ result: RunResult; comparison?: Comparison }> {
    const batches = await this.args.monitors.batches(monitor.id);
    const last = batches[batches.length - 1]?.id;
    if (last === undefined) {
      return { result: { outcome: "no_data", message: "No rows came since the last run.", reportId: null } };
    }
    try {
      const columns = joinBatches(batches.map(({ data }) => data));
      const { collect: _, maximum_rows: __, alert: ___, ...rules } = monitor.rules;
      const comparison = await this.args.drift.compare({ ...rules, reference_id: monitor.referenceId, columns });
      const outcome = comparison.report.drift_detected ? "drift" : "no_drift";
      return { comparison, result: { outcome, message: null, reportId: randomUUID(), judgedBatch: last } };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      // Too few rows wait for more; what can never be judged goes.
      const wait = error.code === "not_enough_data";
      const outcome = wait ? "not_enough_data" : "failed";
      return {
        result: { outcome, message: error.message, reportId: null, ...(wait ? {} : { judgedBatch: last }) },
      };
    }
  }
}
