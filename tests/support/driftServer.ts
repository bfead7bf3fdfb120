import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface DriftRequest {
  readonly method: string;
  readonly path: string;
  readonly body: { reference_id?: string; columns: Record<string, number[]> };
}

/** A drift service of the tests: speaks the real protocol over real HTTP, its verdict is the test's choice. */
export interface DriftServer {
  readonly url: string;
  /** In order of arrival. */
  readonly requests: DriftRequest[];
  /** Status and body for each request; by default every reference is taken and nothing drifts. */
  answer: (request: DriftRequest) => { status: number; body: unknown } | "hang";
  close(): Promise<void>;
}

/** A verdict as the drift service words it. */
export function driftReport(detected: boolean) {
  return {
    drift_detected: detected,
    drift_score: detected ? 0.75 : 0.1,
    drift_share_threshold: 0.5,
    drift_type: detected ? "covariate" : "none",
    features_affected: detected ? ["f0"] : [],
    columns: { f0: { test: "ks", statistic: detected ? 0.9 : 0.05, threshold: 0.05, drifted: detected } },
    reference_rows: 2,
    current_rows: 2,
  };
}

export async function startDriftServer(port = 0): Promise<DriftServer> {
  const requests: DriftRequest[] = [];
  const server = createServer(async (request, response) => {
    const seen = { method: request.method ?? "", path: request.url ?? "", body: await readJson(request) };
    requests.push(seen);
    const answer = drift.answer(seen);
    if (answer === "hang") return;
    response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const drift: DriftServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: ({ method }) => (method === "PUT" ? { status: 201, body: {} } : { status: 200, body: driftReport(false) }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return drift;
}

async function readJson(request: IncomingMessage): Promise<DriftRequest["body"]> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return JSON.parse(text);
}
