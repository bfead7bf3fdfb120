import { setTimeout as sleep } from "node:timers/promises";
import { compareInputs } from "../compare";
import { type Difference, NotReady, SimulatedProvider, type SimulatedProviderArgs } from "../provider";
import { Refusal } from "../simulator";
import type { Failure } from "../validate";
import type { Properties } from "../wire";
import type { StoredResource, WorldState } from "../world";
import { ApiClient, ApiError, type ApiObject, type ObjectReference } from "./apiClient";
import { askForCluster } from "./clusterLink";
import { checkRelease, RELEASE } from "./helmRelease";
import { idOf, kindOf, nameOf, objectOf, outputsOf, project, referenceOf, stable } from "./objects";
import { awaitReady } from "./readiness";
import { comparedType } from "./replacements";

/** Milliseconds of real time; kwok's pods are ready in one or two seconds, so these are for busy machines. */
const READY_LIMIT_MS = 60_000;
const GONE_LIMIT_MS = 60_000;
const SERVED_LIMIT_MS = 15_000;
const POLL_MS = 100;

export interface ClusterProviderArgs extends SimulatedProviderArgs {
  /** Where the host of the control planes answers. */
  readonly clusters: string;
}

/**
 * The kubernetes provider of a rehearsal, with a real API server behind it: objects are applied by server-side apply
 * with strict field validation, awaited as the real provider awaits them, and deleted with their finalizers honoured.
 * The simulated cloud's file keeps which objects the engine made, for the audit.
 */
export class ClusterProvider extends SimulatedProvider {
  private connected: Promise<ApiClient> | undefined;

  constructor(private readonly clusterArgs: ClusterProviderArgs) {
    super(clusterArgs);
  }

  override check(
    token: string,
    inputs: Properties,
  ): { readonly inputs: Properties; readonly failures: readonly Failure[] } {
    if (token === RELEASE) return { inputs, failures: checkRelease(inputs) };
    const { apiVersion, kind, metadata } = inputs as Partial<ApiObject>;
    const missing = Object.entries({ apiVersion, kind, "metadata.name": metadata?.name }).filter(([, value]) => !value);
    const reason = "is not given; a rehearsal makes up no names, so that objects are called the same everywhere";
    return { inputs, failures: missing.map(([property]) => ({ property, reason })) };
  }

  override diff(token: string, olds: Properties, news: Properties): Difference {
    const changes = compareInputs(comparedType(token), olds, news);
    const names = [olds, news].map((inputs) => JSON.stringify(nameOf(token, inputs)));
    return { changes, deleteFirst: names[0] === names[1] };
  }

  override create(token: string, urn: string, inputs: Properties): Promise<StoredResource> {
    return this.exposed(async () => {
      const id = idOf(token, inputs);
      const twin = this.live(token, id);
      if (twin) throw new Refusal(`AlreadyExists: ${kindOf(token)} "${id}" was made before, as ${twin.urn}.`);
      return this.put(token, urn, id, inputs);
    });
  }

  override update(token: string, urn: string, id: string, inputs: Properties): Promise<StoredResource> {
    return this.exposed(() => this.put(token, urn, id, inputs));
  }

  override async delete(token: string, id: string): Promise<void> {
    await this.exposed(async () => {
      const stored = this.live(token, id);
      if (stored) {
        await this.remove(referenceOf(objectOf(token, stored.inputs)));
        await this.ledger((state) => ({
          ...state,
          resources: state.resources.filter((live) => !isSame(live, stored)),
        }));
      }
      return undefined;
    });
  }

  /** The object as the server has it. Its inputs are those that the engine knows, unless applying them would change something. */
  override async refresh(token: string, id: string): Promise<StoredResource | undefined> {
    const stored = this.live(token, id);
    if (!stored) return undefined;
    const object = objectOf(token, stored.inputs);
    const client = await this.client();
    const live = await client.get(referenceOf(object));
    if (!live) return undefined;
    const outputs = outputsOf(token, stored.inputs, live);
    const applied = await client.apply(object, { dryRun: true });
    if (JSON.stringify(stable(applied)) === JSON.stringify(stable(live))) return { ...stored, outputs };
    return {
      ...stored,
      outputs,
      inputs: token === RELEASE ? stored.inputs : (project(live, stored.inputs) as Properties),
    };
  }

  private async put(token: string, urn: string, id: string, inputs: Properties): Promise<StoredResource> {
    const object = objectOf(token, inputs);
    const client = await this.client();
    if (token === RELEASE && inputs.skipCrds !== true) await this.client(String(inputs.chart));
    await refused(() => applyOnceServed(client, object));
    const { object: live, problem } = await awaitReady(client, referenceOf(object), READY_LIMIT_MS);
    const stored = await this.record({ token, urn, id, inputs, outputs: outputsOf(token, inputs, live) });
    if (problem !== undefined) throw new NotReady(stored, `${kindOf(token)} ${id} is not ready: ${problem}`);
    return stored;
  }

  /** Asks for the deletion and waits until nothing is left, as long as a controller works on it. */
  private async remove(reference: ObjectReference): Promise<void> {
    const client = await this.client();
    await client.delete(reference);
    const deadline = Date.now() + GONE_LIMIT_MS;
    for (;;) {
      const left = await client.get(reference);
      if (!left) return;
      if (Date.now() > deadline) {
        const { finalizers = [] } = left.metadata;
        const why = finalizers.length > 0 ? `finalizers ${finalizers.join(", ")} hold it` : JSON.stringify(left.status);
        throw new Refusal(
          `${reference.kind} ${reference.name} is still there ${GONE_LIMIT_MS / 1000} s after its deletion: ${why}`,
        );
      }
      await sleep(POLL_MS);
    }
  }

  private client(chart?: string): Promise<ApiClient> {
    const server = this.locate().region;
    const ask = () => askForCluster(this.clusterArgs.clusters, server, chart);
    if (chart !== undefined) return ask().then((access) => this.connected ?? new ApiClient(access));
    this.connected ??= ask().then((access) => new ApiClient(access));
    return this.connected;
  }

  private live(token: string, id: string): StoredResource | undefined {
    const { region } = this.locate();
    return this.clusterArgs.world
      .read()
      .resources.find((live) => live.token === token && live.id === id && live.region === region);
  }

  /** Writes down that the object exists, in place of what was known of it. */
  private async record(
    made: Pick<StoredResource, "token" | "urn" | "id" | "inputs" | "outputs">,
  ): Promise<StoredResource> {
    const { account, region } = this.locate();
    return this.clusterArgs.world.change((state) => {
      const sequence = state.sequence + 1;
      const before = state.resources.find((live) => isSame(live, { ...made, region }));
      const result = {
        ...made,
        account,
        region,
        sequence: before?.sequence ?? sequence,
        createdAt: before?.createdAt ?? state.clock,
      };
      const resources = [...state.resources.filter((live) => live !== before), result];
      return { state: { ...state, sequence, clock: state.clock + 1, resources }, result };
    });
  }

  private ledger(step: (state: WorldState) => WorldState): Promise<undefined> {
    return this.clusterArgs.world.change((state) => ({ state: step(state), result: undefined }));
  }
}

const isSame = (
  a: Pick<StoredResource, "token" | "id" | "region">,
  b: Pick<StoredResource, "token" | "id" | "region">,
) => a.token === b.token && a.id === b.id && a.region === b.region;

/** A custom resource may come a moment before its kind is served, which the real provider waits for too. */
async function applyOnceServed(client: ApiClient, object: ApiObject): Promise<ApiObject> {
  const deadline = Date.now() + SERVED_LIMIT_MS;
  for (;;) {
    try {
      return await client.apply(object);
    } catch (error) {
      if (!(error instanceof ApiError && error.reason === "NoMatch") || Date.now() > deadline) throw error;
      await sleep(POLL_MS);
    }
  }
}

/** The server's refusal, with its reason in front as kubectl prints it. */
async function refused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new Refusal(error.reason === "" ? error.message : `${error.reason}: ${error.message}`);
  }
}
