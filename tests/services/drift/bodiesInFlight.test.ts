import { connect, type Socket } from "node:net";
import { type FastifyInstance, fastify } from "fastify";
import { limitBodiesInFlight } from "../../../services/drift/bodiesInFlight";
import { toServiceError } from "../../../services/runtime/http";
import { callJson } from "../../support/driftService";

const MEBIBYTE = 1 << 20;

describe("limitBodiesInFlight", () => {
  let server: FastifyInstance;
  let url: string;
  beforeAll(async () => {
    server = fastify({ bodyLimit: 8 * MEBIBYTE });
    server.setErrorHandler((error, _, reply) =>
      reply.code(toServiceError(error).status).send(toServiceError(error).toBody()),
    );
    limitBodiesInFlight(server, 3 * MEBIBYTE);
    server.post("/", async () => ({ done: true }));
    url = await server.listen({ host: "127.0.0.1", port: 0 });
  });
  afterAll(() => server.close());

  /** Announces a body of two MiB and sends a part of it. */
  async function slowSender(): Promise<Socket> {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.on("error", () => {});
    socket.write(
      `POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${2 * MEBIBYTE}\r\n\r\n"`,
    );
    await callJson("POST", url, "1");
    return socket;
  }
  const large = JSON.stringify("x".repeat(2 * MEBIBYTE));

  it("refuses a large body while others are worked on, and takes it once they are gone", async () => {
    const socket = await slowSender();
    const refused = await callJson("POST", url, large);
    expect(refused).toEqual({
      status: 503,
      body: {
        error: {
          code: "too_many_large_bodies",
          message: `Request bodies of ${2 * MEBIBYTE} bytes are being worked on, and ${3 * MEBIBYTE} are allowed at once. Try again later, or send smaller windows.`,
        },
      },
    });
    expect((await callJson("POST", url, "1")).status).toBe(200);
    socket.destroy();
    while ((await callJson("POST", url, large)).status !== 200) await new Promise(setImmediate);
    expect((await callJson("POST", url, large)).status).toBe(200);
  });
});
