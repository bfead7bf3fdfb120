import fc from "fast-check";
import { Turns, type TurnsArgs } from "../../../services/metadata/turns";
import { encodeMessage } from "../../../services/metadata/wire";

const text = (value: string) => Buffer.from(`${value}\0`);
const query = (sql: string) => encodeMessage("Q", text(sql));
const sync = encodeMessage("S", new Uint8Array());
const ready = (status: "I" | "T") => encodeMessage("Z", Buffer.from(status));

/** A session that knows BEGIN, COMMIT and ROLLBACK, and writes down what it runs. */
function recordingSession() {
  const ran: string[] = [];
  let inTransaction = false;
  const execute: TurnsArgs["session"]["execute"] = async (message, onBytes) => {
    await new Promise((resolve) => setImmediate(resolve));
    const type = String.fromCharCode(message[0] ?? 0);
    const body = Buffer.from(message.subarray(5)).toString("latin1").replaceAll("\0", "");
    ran.push(type === "Q" ? body : `${type}:${body}`);
    if (body === "FAIL") throw new Error("memory access out of bounds");
    if (body === "BEGIN") inTransaction = true;
    if (body === "COMMIT" || body === "ROLLBACK") inTransaction = false;
    if (type !== "Q" && type !== "S") return;
    // Split, as a network would.
    const answer = ready(inTransaction ? "T" : "I");
    onBytes(answer.subarray(0, 2));
    onBytes(answer.subarray(2));
  };
  return { ran, session: { execute } };
}

function turnsWith(overrides: Partial<TurnsArgs> = {}) {
  const { ran, session } = recordingSession();
  const args = { session, idleTurnMs: 60_000, onIdleTurn: () => {}, onFailure: () => {}, ...overrides };
  return { ran, turns: new Turns(args) };
}

const ignore = () => {};

describe("Turns", () => {
  it("never interleaves transactions, whatever the order of arrival", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 20 }), async (arrivals) => {
        const { ran, turns } = turnsWith();
        const busy = new Map<number, Promise<unknown>>();
        arrivals.forEach((client, index) => {
          const transaction = async () => {
            for (const sql of ["BEGIN", `client ${client} task ${index}`, "COMMIT"]) {
              await turns.enqueue(client, query(sql), ignore);
            }
          };
          busy.set(client, (busy.get(client) ?? Promise.resolve()).then(transaction));
        });
        await Promise.all(busy.values());
        for (let i = 0; i < ran.length; i += 3) {
          expect([ran[i], ran[i + 2]]).toEqual(["BEGIN", "COMMIT"]);
        }
        expect(ran).toHaveLength(arrivals.length * 3);
      }),
      { numRuns: 50 },
    );
  });

  it("keeps a Parse..Sync sequence whole", async () => {
    const { ran, turns } = turnsWith();
    const first = turns.enqueue(1, encodeMessage("P", text("")), ignore);
    const other = turns.enqueue(2, query("other"), ignore);
    await first;
    await turns.enqueue(1, encodeMessage("B", text("")), ignore);
    await turns.enqueue(1, sync, ignore);
    await other;
    expect(ran).toEqual(["P:", "B:", "S:", "other"]);
  });

  it("rolls back what a client that disconnects left open, and serves the next", async () => {
    const { ran, turns } = turnsWith();
    await turns.enqueue(1, query("BEGIN"), ignore);
    const other = turns.enqueue(2, query("other"), ignore);
    const unsent = turns.enqueue(1, query("unsent"), ignore).catch((error: Error) => error.message);
    turns.clearQueueForHandler(1);
    await turns.clearTransactionIfNeeded(1);
    await other;
    // The first message of a pump is taken at once, so only what still waited is dropped.
    expect(ran.filter((sql) => sql !== "unsent")).toEqual(["BEGIN", "S:", "ROLLBACK", "other"]);
    await unsent;
  });

  it("drops the prepared statements of a client that disconnects, and only its own", async () => {
    const { ran, turns } = turnsWith();
    for (const client of [1, 2]) {
      await turns.enqueue(client, encodeMessage("P", text("s")), ignore);
      await turns.enqueue(client, sync, ignore);
    }
    await turns.clearTransactionIfNeeded(1);
    expect(ran).toEqual(["P:c1_s", "S:", "P:c2_s", "S:", "C:Sc1_s", "S:"]);
  });

  it("ignores Terminate, which would end the session of all", async () => {
    const { ran, turns } = turnsWith();
    expect(await turns.enqueue(1, encodeMessage("X", new Uint8Array()), ignore)).toBe(0);
    expect(ran).toEqual([]);
  });

  it("reports the client that idles inside a transaction", async () => {
    const idle = new Promise<number>((resolve) => {
      const { turns } = turnsWith({ idleTurnMs: 1, onIdleTurn: resolve });
      void turns.enqueue(9, query("BEGIN"), ignore);
    });
    expect(await idle).toBe(9);
  });

  it("refuses everything after the engine failed, and says so once", async () => {
    const failures: string[] = [];
    const { turns } = turnsWith({ onFailure: (error) => failures.push(error.message) });
    const outcomes = await Promise.allSettled([
      turns.enqueue(1, query("FAIL"), ignore),
      turns.enqueue(2, query("waiting"), ignore),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(["rejected", "rejected"]);
    await expect(turns.enqueue(3, query("late"), ignore)).rejects.toThrow("memory access out of bounds");
    expect(failures).toEqual(["memory access out of bounds"]);
  });

  it("is idle when no message runs and no one holds the turn", async () => {
    const { turns } = turnsWith();
    await turns.idle();
    await turns.enqueue(1, query("BEGIN"), ignore);
    let idle = false;
    const waiting = turns.idle().then(() => {
      idle = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(idle).toBe(false);
    await turns.enqueue(1, query("COMMIT"), ignore);
    await waiting;
  });
});
