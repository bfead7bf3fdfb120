import {
  closeStatementMessage,
  endsReady,
  messageType,
  queryMessage,
  READY_LENGTH,
  refuseCopyFromStdin,
  renameStatement,
  syncMessage,
} from "./wire";

/** The one database session that all clients share. */
export interface Session {
  /** Runs one frontend message; backend bytes arrive in order through `onBytes`. Rejects when the engine itself fails. */
  execute(message: Uint8Array, onBytes: (bytes: Uint8Array) => void): Promise<void>;
}

export interface TurnsArgs {
  readonly session: Session;
  /** Milliseconds that a client may hold its turn without sending anything. */
  readonly idleTurnMs: number;
  /** Called once when a client has idled too long; whoever owns its socket closes it. */
  readonly onIdleTurn: (client: number) => void;
  /** Called when the engine failed: nothing further can be served. */
  readonly onFailure: (error: Error) => void;
}

interface Waiting {
  readonly client: number;
  readonly run: () => Promise<void>;
  readonly cancel: (error: Error) => void;
}

/**
 * Gives the one session to one client at a time. A turn starts with a client's first message and ends when the
 * session answers "ready, not in a transaction", so neither a transaction nor a Parse..Sync sequence of one client is
 * ever interleaved with another's. pglite-socket's own queue takes turns by message instead: there, a Bind can meet
 * another client's Parse and an error can swallow another client's query.
 *
 * Fits the place of that queue in PGLiteSocketHandler, hence the method names. Prepared statements are kept apart by
 * renaming. Still shared, as behind any pooler in transaction mode: SET without LOCAL, session advisory locks, LISTEN,
 * temporary tables, SQL-level PREPARE, and an unnamed statement after its Sync.
 */
export class Turns {
  private waiting: Waiting[] = [];
  private owner: number | undefined;
  private running = false;
  private failure: Error | undefined;
  private idleTimer: NodeJS.Timeout | undefined;
  private readonly statements = new Map<number, Set<string>>();
  private settled: (() => void)[] = [];

  constructor(private readonly args: TurnsArgs) {}

  /** Queues one frontend message of a client; resolves with the number of bytes answered. */
  enqueue(client: number, message: Uint8Array, onData: (bytes: Uint8Array) => void): Promise<number> {
    // Terminate would end the session that the others use; the socket's close does the tidying.
    if (messageType(message) === "X") return Promise.resolve(0);
    const prepared = this.prepare(client, message);
    return new Promise((resolve, reject) => {
      let size = 0;
      const run = async () => {
        await this.execute(client, prepared, (bytes) => {
          size += bytes.length;
          onData(bytes);
        });
        resolve(size);
      };
      this.add({ client, run, cancel: reject });
    });
  }

  /** Drops what a client has waiting. */
  clearQueueForHandler(client: number): void {
    const dropped = this.waiting.filter((entry) => entry.client === client);
    this.waiting = this.waiting.filter((entry) => entry.client !== client);
    for (const entry of dropped) entry.cancel(new Error("The client disconnected."));
  }

  /** Ends a client that has gone: rolls back its transaction, drops its prepared statements, passes the turn on. */
  clearTransactionIfNeeded(client: number): Promise<void> {
    if (this.owner !== client && !this.statements.has(client)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const run = async () => {
        await this.reset(client);
        resolve();
      };
      this.add({ client, run, cancel: reject });
    });
  }

  /** Resolves when no message runs and no client holds the turn. */
  idle(): Promise<void> {
    if (!this.running && this.owner === undefined) return Promise.resolve();
    return new Promise((resolve) => this.settled.push(resolve));
  }

  private add(entry: Waiting): void {
    if (this.failure) {
      entry.cancel(this.failure);
      return;
    }
    this.waiting.push(entry);
    void this.pump();
  }

  private async pump(): Promise<void> {
    if (this.running) return;
    this.running = true;
    clearTimeout(this.idleTimer);
    for (let entry = this.next(); entry; entry = this.next()) {
      try {
        await entry.run();
      } catch (error) {
        this.fail(error as Error, entry);
      }
    }
    this.running = false;
    if (this.owner !== undefined) this.watchIdle(this.owner);
    else for (const settle of this.settled.splice(0)) settle();
  }

  private next(): Waiting | undefined {
    if (this.owner === undefined) return this.waiting.shift();
    const index = this.waiting.findIndex((entry) => entry.client === this.owner);
    return index < 0 ? undefined : this.waiting.splice(index, 1)[0];
  }

  private async execute(client: number, message: Uint8Array, onBytes: (bytes: Uint8Array) => void): Promise<void> {
    let tail: Uint8Array = new Uint8Array();
    this.owner = client;
    await this.args.session.execute(message, (bytes) => {
      tail = Buffer.concat([tail, bytes.subarray(-READY_LENGTH)]).subarray(-READY_LENGTH);
      onBytes(bytes);
    });
    if (endsReady(tail)) this.owner = undefined;
  }

  /** Brings the session back to idle whatever the client left open: an unfinished sequence, a transaction. */
  private async reset(client: number): Promise<void> {
    const ignore = () => {};
    const held = this.owner === client;
    if (held) await this.execute(client, syncMessage, ignore);
    if (held && this.owner !== undefined) await this.execute(client, queryMessage("ROLLBACK"), ignore);
    const names = this.statements.get(client);
    this.statements.delete(client);
    for (const name of names ?? []) await this.execute(client, closeStatementMessage(name), ignore);
    if (names?.size) await this.execute(client, syncMessage, ignore);
    this.owner = undefined;
  }

  private prepare(client: number, message: Uint8Array): Uint8Array {
    const renamed = renameStatement(message, `c${client}_`);
    if (renamed.after !== undefined) {
      const names = this.statements.get(client) ?? new Set();
      if (messageType(message) === "C") names.delete(renamed.after);
      else names.add(renamed.after);
      this.statements.set(client, names);
    }
    return refuseCopyFromStdin(renamed.message);
  }

  private watchIdle(owner: number): void {
    this.idleTimer = setTimeout(() => this.args.onIdleTurn(owner), this.args.idleTurnMs);
    this.idleTimer.unref();
  }

  private fail(error: Error, entry: Waiting): void {
    this.failure = error;
    entry.cancel(error);
    for (const other of this.waiting.splice(0)) other.cancel(error);
    this.owner = undefined;
    this.args.onFailure(error);
  }
}
