import { join } from "node:path";
import { startDrift } from "../../services/drift/drift";
import { driftService } from "../../services/drift/service";
import { readEnvironment } from "../../services/runtime/environment";
import { createLogger } from "../../services/runtime/logging";
import { type ServiceProcess, startServiceProcess } from "./serviceProcess";
import { temporaryFolder } from "./temporaryFolder";

/** An answer of a service: its status and its body, from JSON where there is one. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever shape it expects
  readonly body: any;
}

export interface DriftFixture {
  /** Sends JSON, or a text as it is. */
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  readonly url: () => string;
  readonly metadata: () => ServiceProcess;
}

/** Before all tests of a file: a drift service in this process on a real metadata service in another; after all: none. */
export function driftFixture(variables: Readonly<Record<string, string>> = {}): DriftFixture {
  const folder = temporaryFolder();
  let metadata: ServiceProcess;
  let service: { url: string; close(): Promise<void> };
  beforeAll(async () => {
    metadata = await startServiceProcess("metadata", { DATA_DIRECTORY: join(folder, "metadata") });
    const environment = readEnvironment(driftService, {
      PORT: "0",
      LOG_LEVEL: "silent",
      DATABASE_URL: metadata.url,
      ...variables,
    });
    service = await startDrift({ environment, log: createLogger("drift", "error") });
  });
  afterAll(async () => {
    await service.close();
    await metadata.stop();
  });
  return {
    url: () => service.url,
    metadata: () => metadata,
    call: (method, path, body) => callJson(method, `${service.url}${path}`, body),
  };
}

/** One request; a text goes as it is, anything else as JSON. */
export async function callJson(method: string, url: string, body?: unknown): Promise<Answer> {
  const sent = typeof body === "string" ? body : JSON.stringify(body);
  const headers = sent === undefined ? {} : { "content-type": "application/json" };
  const response = await fetch(url, { method, headers, ...(sent === undefined ? {} : { body: sent }) });
  const text = await response.text();
  return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : text };
}
