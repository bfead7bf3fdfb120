import type { Pool } from "pg";
import type { Logger } from "../../runtime/logging";

/** Where messages of each kind go; absent ones are not written. */
export interface OutboxTargets {
  /** Alertmanager's base address; alerts go to its /api/v2/alerts. */
  readonly alert?: string | undefined;
  /** Receives retrain events. */
  readonly retrain?: string | undefined;
}
export type MessageKind = keyof OutboxTargets;

/** A message to be delivered. */
export interface OutboxMessage {
  readonly kind: MessageKind;
  readonly body: unknown;
}

interface Writer {
  query(text: string, values: unknown[]): Promise<unknown>;
}

const TIMEOUT_MS = 10_000;
const FIRST_RETRY_SECONDS = 2;
const LAST_RETRY_SECONDS = 600;
/** After a day what it says is no longer news. */
const KEPT_HOURS = 24;
/** While one replica delivers, the others leave the message alone for so long. */
const DELIVERY_SECONDS = 30;

/**
 * Messages to other systems, written in the transaction of what they tell of and delivered after it until taken: at
 * least once, each by one replica at a time. Receivers see the same message again when an answer was lost.
 */
export class Outbox {
  constructor(
    private readonly pool: Pool,
    private readonly targets: OutboxTargets,
    private readonly log: Logger,
  ) {}

  /** Writes the messages that have somewhere to go. */
  async write(client: Writer, messages: readonly OutboxMessage[]): Promise<void> {
    for (const { kind, body } of messages) {
      if (this.targets[kind] === undefined) continue;
      await client.query("insert into drift_outbox (kind, body) values ($1, $2)", [kind, JSON.stringify(body)]);
    }
  }

  /** Delivers what is due; resolves when nothing more is. */
  async deliver(): Promise<void> {
    await this.pool.query("delete from drift_outbox where created_at < now() - make_interval(hours => $1)", [
      KEPT_HOURS,
    ]);
    for (;;) {
      const { rows } = await this.pool.query<{ id: string; kind: MessageKind; body: unknown; attempts: number }>(
        `update drift_outbox set attempts = attempts + 1, due_at = now() + make_interval(secs => $1)
         where id = (select id from drift_outbox where due_at <= now() order by id limit 1 for update skip locked)
         returning id, kind, body, attempts`,
        [DELIVERY_SECONDS],
      );
      const [message] = rows;
      if (!message) return;
      const problem = await this.send(message.kind, message.body);
      if (problem === undefined) {
        await this.pool.query("delete from drift_outbox where id = $1", [message.id]);
        continue;
      }
      const wait = Math.min(LAST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** (message.attempts - 1));
      this.log.warn({ kind: message.kind, attempts: message.attempts, problem, retrySeconds: wait }, "not delivered");
      await this.pool.query("update drift_outbox set due_at = now() + make_interval(secs => $2) where id = $1", [
        message.id,
        wait,
      ]);
    }
  }

  /** Why a message was not taken; undefined when it was. */
  private async send(kind: MessageKind, body: unknown): Promise<string | undefined> {
    const target = this.targets[kind];
    if (target === undefined) return `no address for ${kind} messages is set on this replica`;
    const url = kind === "alert" ? `${target.replace(/\/+$/, "")}/api/v2/alerts` : target;
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      return response.ok ? undefined : `${response.status} ${text.slice(0, 200)}`;
    } catch (error) {
      const { message, cause } = error as Error;
      return cause instanceof Error ? `${message}: ${cause.message}` : message;
    }
  }
}
