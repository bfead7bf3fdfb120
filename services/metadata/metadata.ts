import { createServer, type Server, type Socket } from "node:net";
import { PGLiteSocketHandler, type PGLiteSocketHandlerOptions } from "@electric-sql/pglite-socket";
import type { Logger } from "../runtime/logging";
import type { RunningService, StartArgs } from "../runtime/process";
import { type DataDirectory, openDataDirectory } from "./dataDirectory";
import type { metadataService } from "./service";
import { Turns } from "./turns";
import { fatalMessage } from "./wire";

/** Milliseconds that a stop waits for the transaction in progress before it is rolled back. */
const DRAIN_MS = 5_000;

interface Client {
  readonly socket: Socket;
  readonly handler: PGLiteSocketHandler;
}

/**
 * Opens the data directory and serves it. `url` is what clients connect to: any user name, no password, database
 * `postgres`. Closing lets the transaction in progress end, disconnects everyone and closes the database.
 */
export async function startMetadata({
  environment,
  log,
}: StartArgs<typeof metadataService.environment>): Promise<RunningService> {
  const { HOST, PORT, DATA_DIRECTORY, MAX_CONNECTIONS, IDLE_TURN_SECONDS } = environment;
  const data = await openDataDirectory(DATA_DIRECTORY);
  const clients = new Map<number, Client>();
  const turns = createTurns(data, clients, IDLE_TURN_SECONDS, log);
  const server = createServer((socket) => {
    if (clients.size >= MAX_CONNECTIONS) {
      const reason = `sorry, too many clients already: ${clients.size} of ${MAX_CONNECTIONS} (MAX_CONNECTIONS)`;
      // Reading what the client sends lets the reason arrive before the connection closes.
      return void socket
        .on("error", () => {})
        .resume()
        .end(fatalMessage("53300", reason));
    }
    void admit(socket, turns, clients);
  });
  try {
    await listen(server, PORT, HOST);
  } catch (error) {
    await data.close();
    throw error;
  }
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : PORT;
  return {
    url: `postgres://postgres@${HOST.includes(":") ? `[${HOST}]` : HOST}:${port}/postgres`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.race([turns.idle(), new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())]);
      for (const [id, client] of clients) disconnect(client, id, clients, "57P01", "the metadata service is stopping");
      await closed;
      await turns.idle();
      await data.close();
    },
  };
}

function createTurns(data: DataDirectory, clients: Map<number, Client>, idleSeconds: number, log: Logger): Turns {
  const { database } = data;
  return new Turns({
    session: {
      execute: (message, onRawData) =>
        database.runExclusive(() => database.execProtocolRawStream(message, { onRawData })),
    },
    idleTurnMs: idleSeconds * 1000,
    onIdleTurn: (id) => {
      const client = clients.get(id);
      log.warn({ client: id, idleSeconds }, "client cut off: it idled inside a transaction");
      const reason = `idle inside a transaction for ${idleSeconds} s (IDLE_TURN_SECONDS), which keeps all other clients waiting`;
      if (client) disconnect(client, id, clients, "25P03", reason);
    },
    onFailure: (error) => {
      // The engine's memory is not to be trusted any more; a fresh process replays the log and loses nothing committed.
      log.fatal({ err: error }, "the database engine failed; restart this service");
      process.exit(1);
    },
  });
}

async function admit(socket: Socket, turns: Turns, clients: Map<number, Client>): Promise<void> {
  // The option's type is a class that pglite-socket does not export; the handler calls only these three methods.
  const queryQueue = turns as unknown as PGLiteSocketHandlerOptions["queryQueue"];
  const handler = new PGLiteSocketHandler({ queryQueue, closeOnDetach: true });
  const id = handler.handlerId;
  clients.set(id, { socket, handler });
  const forget = () => clients.delete(id);
  handler.addEventListener("close", forget);
  handler.addEventListener("error", forget);
  await handler.attach(socket);
}

/** Tells a client why, then closes its socket; its transaction is rolled back. */
function disconnect(client: Client, id: number, clients: Map<number, Client>, code: string, reason: string): void {
  clients.delete(id);
  if (client.socket.writable) client.socket.write(fatalMessage(code, reason));
  void client.handler.detach(true);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(taken ? new Error(`Port ${port} on ${host} is taken by another program. Free it or set PORT.`) : error);
    });
    server.listen(port, host, resolve);
  });
}
