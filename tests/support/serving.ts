import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { readEnvironment } from "../../services/runtime/environment";
import { createLogger } from "../../services/runtime/logging";
import { servingService } from "../../services/serving/service";
import { type RunningServing, startServing } from "../../services/serving/serving";

export const silentLog = createLogger("test", "silent");

/** Starts the serving service in this process, on a free port. The caller closes it. */
export function startTestServing(variables: Readonly<Record<string, string>>): Promise<RunningServing> {
  const environment = readEnvironment(servingService, { MODEL_NAME: "toy", PORT: "0", ...variables });
  return startServing({ environment, log: silentLog });
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** POSTs bytes as they are, without a client's corrections. */
export function post(
  url: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sending = httpRequest(url, { method: "POST", headers: { "content-type": "application/json", ...headers } });
    sending.on("error", reject);
    sending.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sending.end(body);
  });
}

/** POSTs a value as JSON and parses the answer. */
export async function postJson<T = Record<string, unknown>>(
  url: string,
  value: unknown,
): Promise<{ status: number; body: T }> {
  const { status, text } = await post(url, JSON.stringify(value));
  return { status, body: JSON.parse(text) as T };
}
