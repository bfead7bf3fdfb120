import { Agent, request } from "node:https";

/** A Kubernetes object as the API server takes and gives it. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly [field: string]: unknown;
}

export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly generation?: number;
  readonly resourceVersion?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly [field: string]: unknown;
}

/** What names one object. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
}

/** The API server said no, in its own words. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    /** HTTP status. */
    readonly code: number,
    /** As in the answer's Status: Invalid, Forbidden, NotFound, Conflict ... */
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

export interface ApiAccess {
  /** https://host:port */
  readonly server: string;
  /** Certificate of the server's authority, PEM. */
  readonly authority: string;
  readonly token: string;
}

export interface ApplyOptions {
  /** Owner of the fields that are given. @default tideline */
  readonly fieldManager?: string;
  /** Answer as if it were applied, and change nothing. */
  readonly dryRun?: boolean;
}

interface ApiResource {
  readonly name: string;
  readonly namespaced: boolean;
  readonly kind: string;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A client of one API server: server-side apply, read, list and delete of objects of every kind that it serves. */
export class ApiClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });
  private readonly resources = new Map<string, readonly ApiResource[]>();

  constructor(private readonly access: ApiAccess) {}

  /**
   * Server-side apply; a field that the kind does not have is refused, as are all that admission refuses.
   * @throws {ApiError}
   */
  async apply(object: ApiObject, { fieldManager = "tideline", dryRun = false }: ApplyOptions = {}): Promise<ApiObject> {
    const { apiVersion, kind, metadata } = object;
    const path = await this.path({ apiVersion, kind, namespace: metadata.namespace, name: metadata.name });
    const query = new URLSearchParams({ fieldManager, fieldValidation: "Strict", force: "true" });
    if (dryRun) query.set("dryRun", "All");
    return (await this.call("PATCH", `${path}?${query}`, object, "application/apply-patch+yaml")) as ApiObject;
  }

  /** The object, or undefined when there is none. */
  async get(reference: ObjectReference): Promise<ApiObject | undefined> {
    try {
      return (await this.call("GET", await this.path(reference))) as ApiObject;
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) return undefined;
      throw error;
    }
  }

  /** All objects of a kind, in one namespace or everywhere. */
  async list(apiVersion: string, kind: string, namespace?: string): Promise<ApiObject[]> {
    const path = await this.path({ apiVersion, kind, namespace, name: "" }, true);
    const { items } = (await this.call("GET", path)) as { items: readonly Omit<ApiObject, "apiVersion" | "kind">[] };
    return items.map((item) => ({ ...item, apiVersion, kind }) as ApiObject);
  }

  /** Asks for deletion; dependents go first (foreground). One that is gone already is no error. */
  async delete(reference: ObjectReference): Promise<void> {
    const options = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: "Foreground" };
    try {
      await this.call("DELETE", await this.path(reference), options);
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 404)) throw error;
    }
  }

  /** Answers what the server says to any other request. @throws {ApiError} */
  async call(method: string, path: string, body?: unknown, type = "application/json"): Promise<unknown> {
    const answer = await this.send(method, path, body, type);
    if (answer.status < 400) return answer.body;
    const { reason = "", message = String(answer.body) } = (answer.body ?? {}) as { reason?: string; message?: string };
    throw new ApiError(answer.status, reason, message);
  }

  /** Is the kind in a namespace? @throws {ApiError} for a kind that the server does not serve */
  async isNamespaced(apiVersion: string, kind: string): Promise<boolean> {
    return (await this.resource(apiVersion, kind)).namespaced;
  }

  close(): void {
    this.agent.destroy();
  }

  private async path({ apiVersion, kind, namespace, name }: ObjectReference, everywhere = false): Promise<string> {
    const resource = await this.resource(apiVersion, kind);
    const base = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const space = resource.namespaced ? (namespace ?? (everywhere ? undefined : "default")) : undefined;
    const scope = space === undefined ? "" : `/namespaces/${encodeURIComponent(space)}`;
    return `${base}${scope}/${resource.name}${name === "" ? "" : `/${encodeURIComponent(name)}`}`;
  }

  /** Which kinds there are changes with every CustomResourceDefinition, so only what was found is remembered. */
  private async resource(apiVersion: string, kind: string): Promise<ApiResource> {
    const find = () =>
      this.resources.get(apiVersion)?.find((resource) => resource.kind === kind && !resource.name.includes("/"));
    const known = find();
    if (known) return known;
    const path = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const { status, body } = await this.send("GET", path);
    if (status === 200) this.resources.set(apiVersion, (body as { resources: ApiResource[] }).resources);
    const found = find();
    if (!found) throw new ApiError(404, "NoMatch", `no matches for kind "${kind}" in version "${apiVersion}"`);
    return found;
  }

  private send(method: string, path: string, body?: unknown, type = "application/json"): Promise<Answer> {
    const { server, authority, token } = this.access;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${token}`,
      accept: "application/json",
      ...(text === undefined ? {} : { "content-type": type, "content-length": Buffer.byteLength(text) }),
    };
    return new Promise((resolve, reject) => {
      const options = { method, headers, agent: this.agent, ca: authority };
      const call = request(new URL(path, server), options, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.once("error", reject);
        response.once("end", () => {
          resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(parts).toString("utf8")) });
        });
      });
      call.once("error", reject);
      call.end(text);
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
