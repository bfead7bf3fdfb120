/**
 * The few parts of the Postgres frontend/backend protocol 3.0 that sharing one session needs
 * (PostgreSQL manual, chapter "Frontend/Backend Protocol", section "Message Formats").
 */

const READY_AND_IDLE = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/** Length of the message that says "ready for query, not in a transaction". */
export const READY_LENGTH = READY_AND_IDLE.length;

/** Whether backend bytes end with ReadyForQuery outside a transaction: the only moment to serve another client. */
export function endsReady(tail: Uint8Array): boolean {
  return READY_AND_IDLE.equals(tail.subarray(-READY_LENGTH));
}

/** A typed message: one letter, the length of what follows including itself, the body. */
export function encodeMessage(type: string, body: Uint8Array): Buffer {
  const header = Buffer.alloc(5);
  header.write(type, 0, "latin1");
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

export const syncMessage = encodeMessage("S", new Uint8Array());

export function queryMessage(sql: string): Buffer {
  return encodeMessage("Q", Buffer.from(`${sql}\0`));
}

export function closeStatementMessage(name: string): Buffer {
  return encodeMessage("C", Buffer.from(`S${name}\0`));
}

/** ErrorResponse of severity FATAL: the client must reconnect. `code` is an SQLSTATE. */
export function fatalMessage(code: string, message: string): Buffer {
  return encodeMessage("E", Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`));
}

/** Letter of a typed frontend message; undefined for a startup message, which has none. */
export function messageType(message: Uint8Array): string | undefined {
  const first = message[0] ?? 0;
  return first === 0 ? undefined : String.fromCharCode(first);
}

/** A message with the prepared statement that it names, if any, renamed. `before` is the client's own name for it. */
export interface RenamedMessage {
  readonly message: Uint8Array;
  readonly before?: string;
  readonly after?: string;
}

/**
 * Prefixes the name of the prepared statement in Parse, Bind, Describe and Close. The unnamed statement keeps its
 * empty name; every other message is returned as it is.
 */
export function renameStatement(message: Uint8Array, prefix: string): RenamedMessage {
  const buffer = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const start = statementOffset(buffer);
  if (start === undefined) return { message };
  const end = buffer.indexOf(0, start);
  if (end <= start) return { message };
  const before = buffer.toString("utf8", start, end);
  const after = `${prefix}${before}`;
  const body = Buffer.concat([buffer.subarray(5, start), Buffer.from(after), buffer.subarray(end)]);
  return { message: encodeMessage(messageType(message) ?? "", body), before, after };
}

const COPY_FROM_STDIN = /^\s*copy\b[^;]*\bfrom\s+stdin\b/i;
const REFUSAL =
  "do $$ begin raise exception 'COPY FROM STDIN is not available on PGlite: use INSERT' using errcode = '0A000'; end $$";

/**
 * A Query or Parse of COPY FROM STDIN, at which PGlite's engine would exit for want of a stream to read, becomes one
 * that raises feature_not_supported; every other message is returned as it is.
 */
export function refuseCopyFromStdin(message: Uint8Array): Uint8Array {
  const type = messageType(message);
  if (type !== "Q" && type !== "P") return message;
  const buffer = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const start = type === "Q" ? 5 : buffer.indexOf(0, 5) + 1;
  if (!COPY_FROM_STDIN.test(buffer.toString("utf8", start, start + 1000))) return message;
  const end = buffer.indexOf(0, start);
  return encodeMessage(type, Buffer.concat([buffer.subarray(5, start), Buffer.from(REFUSAL), buffer.subarray(end)]));
}

/** Where the statement's name starts in a message that names one. */
function statementOffset(buffer: Buffer): number | undefined {
  switch (messageType(buffer)) {
    case "P":
      return 5;
    case "B":
      return buffer.indexOf(0, 5) + 1;
    case "D":
    case "C":
      return buffer[5] === "S".charCodeAt(0) ? 6 : undefined;
    default:
      return undefined;
  }
}
