import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly path: string;
  readonly contentType: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever shape it expects
  readonly body: any;
}

/** A real HTTP server that takes JSON by POST, as Alertmanager and webhooks do, and keeps what it took. */
export interface WebhookReceiver {
  readonly url: string;
  readonly received: Received[];
  /** Status of each answer; 200 until changed. What is refused is not kept. */
  status: number;
  close(): Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    if (receiver.status < 300) {
      const contentType = request.headers["content-type"];
      received.push({ path: `${request.method} ${request.url}`, contentType, body: JSON.parse(text) });
    }
    response.writeHead(receiver.status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    status: 200,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
