import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
} from "cockatiel";
import { Counter, Gauge, type Registry } from "prom-client";
import type { Logger } from "../runtime/logging";

/** The service has failed too often just now; it was not asked. */
export class CircuitOpenError extends Error {
  override readonly name = "CircuitOpenError";
}

export interface DownstreamArgs {
  /** For messages and metrics. */
  readonly name: string;
  /** Failures in a row after which it is left alone. @default 3 */
  readonly failures?: number;
  /** Shortest and longest time that it is left alone before one request tries it again. @default 5000, 60000 */
  readonly pauseMs?: readonly [shortest: number, longest: number];
  readonly registry: Registry;
  readonly log: Logger;
}

/**
 * A service that this one asks, behind a circuit breaker that all who ask share: one that does not answer is left alone
 * for a while, so that many models do not each wait for it. No answer, a timeout and answers from 500 on are failures;
 * a request that its sender gives up is not.
 */
export class Downstream {
  private readonly breaker: CircuitBreakerPolicy;
  private readonly failed: Counter<"downstream">;

  constructor(private readonly args: DownstreamArgs) {
    const { name, failures = 3, pauseMs: [initialDelay, maxDelay] = [5000, 60_000], registry, log } = args;
    const policy = handleWhen((error) => error.name !== "AbortError").orWhenResult(
      (answer) => answer instanceof Response && answer.status >= 500,
    );
    const breaker = circuitBreaker(policy, {
      halfOpenAfter: new ExponentialBackoff({ initialDelay, maxDelay }),
      breaker: new ConsecutiveBreaker(failures),
    });
    this.breaker = breaker;
    const registers = [registry];
    this.failed = new Counter({
      name: "downstream_failures_total",
      help: "Requests to another service that failed, or were not made because it had failed too often",
      labelNames: ["downstream"],
      registers,
    });
    new Gauge({
      name: "downstream_circuit_open",
      help: "1 while another service is left alone because it fails",
      labelNames: ["downstream"],
      aggregator: "max",
      registers,
      collect() {
        this.set({ downstream: name }, breaker.state === CircuitState.Open ? 1 : 0);
      },
    });
    breaker.onFailure(() => this.failed.inc({ downstream: name }));
    breaker.onBreak(() => log.warn({ downstream: name }, "it fails again and again; it is left alone for a while"));
    breaker.onReset(() => log.info({ downstream: name }, "it answers again"));
  }

  /** @throws {CircuitOpenError} while it is left alone; else what `ask` throws. */
  async ask(ask: () => Promise<Response>): Promise<Response> {
    try {
      return await this.breaker.execute(ask);
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      const { name } = this.args;
      this.failed.inc({ downstream: name });
      throw new CircuitOpenError(`The ${name} service failed again and again; it is left alone for a while.`);
    }
  }
}
