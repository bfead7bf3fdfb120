import type { Catalogue, Location, ProviderConfig } from "./catalogue";
import { type Change, compareInputs } from "./compare";
import type { FaultCounter } from "./faults";
import { isRecord } from "./inputWalk";
import { SIGNATURE } from "./secretMark";
import {
  checkInputs,
  createResource,
  deleteResource,
  find,
  makeFrom,
  Refusal,
  type Subject,
  updateResource,
} from "./simulator";
import type { Failure } from "./validate";
import { hasUnknown, type Properties } from "./wire";
import type { StoredResource, World } from "./world";

/** The resource was made or changed, but did not become ready in time: the engine records it with this reason. */
export class NotReady extends Error {
  override readonly name = "NotReady";

  constructor(
    readonly resource: StoredResource,
    message = `timeout while waiting for ${resource.id} to become ready (simulated fault)`,
  ) {
    super(message);
  }
}

/** How the new inputs of a resource differ from those that it has. */
export interface Difference {
  readonly changes: readonly Change[];
  /** The new one could not exist beside the old one, because both would have the same name. */
  readonly deleteFirst: boolean;
}

export interface SimulatedProviderArgs {
  readonly catalogue: Catalogue;
  readonly world: World;
  readonly faults: FaultCounter;
  /** Kills the engine, as a power cut would; the promise never settles. */
  readonly crash: () => Promise<never>;
}

/** One provider of a simulated cloud, without the wire: what each call of the protocol means. */
export class SimulatedProvider {
  private config: ProviderConfig = {};
  private location: Location | undefined;

  constructor(private readonly args: SimulatedProviderArgs) {}

  get catalogue(): Catalogue {
    return this.args.catalogue;
  }

  /** @throws {Error} when the catalogue finds that the configuration cannot work */
  configure(values: Properties): void {
    this.config = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, parsed(value)]));
    this.location = this.catalogue.locate(this.config);
  }

  /** The inputs with what the provider adds, and what is wrong with them. */
  check(token: string, inputs: Properties): { readonly inputs: Properties; readonly failures: readonly Failure[] } {
    return { inputs: this.withDefaultTags(token, inputs), failures: checkInputs(this.catalogue, token, inputs) };
  }

  diff(token: string, olds: Properties, news: Properties): Difference {
    const type = this.catalogue.typeOf(token);
    if (!type) throw new Refusal(`The simulated ${this.catalogue.package} knows no resource type ${token}.`);
    const merged = this.catalogue.defaultTags?.merged;
    const changes = compareInputs(
      merged ? { ...type, inputs: { ...type.inputs, [merged]: { type: "map" } } } : type,
      olds,
      news,
    );
    const name = type.unique?.property;
    const sameName = name !== undefined && olds[name] !== undefined && olds[name] === news[name];
    return { changes, deleteFirst: sameName };
  }

  async create(token: string, urn: string, inputs: Properties): Promise<StoredResource> {
    const subject = this.subject(token, urn);
    const make = () =>
      this.args.world.change((state) => createResource(this.catalogue, state, subject, this.ownInputs(inputs)));
    return this.withMergedTags(await this.exposed(make), inputs);
  }

  /** What is known of a resource before it is made: its inputs. The engine takes the rest as unknown. */
  previewCreate(inputs: Properties): Properties {
    return inputs;
  }

  /** What a resource will be after an update, as far as it is known: what the cloud computed, with the new inputs over it. */
  previewUpdate(outputs: Properties, inputs: Properties): Properties {
    return overlay(outputs, inputs);
  }

  async update(token: string, urn: string, id: string, inputs: Properties): Promise<StoredResource> {
    const subject = this.subject(token, urn);
    const change = () =>
      this.args.world.change((state) => updateResource(this.catalogue, state, subject, id, this.ownInputs(inputs)));
    return this.withMergedTags(await this.exposed(change), inputs);
  }

  async delete(token: string, id: string): Promise<void> {
    await this.exposed(() =>
      this.args.world.change((state) => ({
        state: deleteResource(this.catalogue, state, { token, location: this.locate() }, id),
        result: undefined,
      })),
    );
  }

  /** The live resource, or undefined when it is gone. */
  read(token: string, id: string): StoredResource | undefined {
    const live = find(this.args.world.read(), { token, location: this.locate() }, id);
    if (!live) return undefined;
    const inputs = this.withDefaultTags(token, live.inputs);
    return { ...this.withMergedTags(live, inputs), inputs };
  }

  /** What `read` gives, asked of the resource itself where there is one behind the simulation. */
  refresh(token: string, id: string): Promise<StoredResource | undefined> {
    return Promise.resolve(this.read(token, id));
  }

  invoke(token: string, args: Properties): Properties {
    const answer = this.catalogue.functions[token];
    if (!answer) throw new Refusal(`The simulated ${this.catalogue.package} knows no function ${token}.`);
    const state = this.args.world.read();
    return answer(args, makeFrom(state, { name: token, location: this.locate() }, args, state.sequence));
  }

  private subject(token: string, urn: string): Subject {
    return { token, urn, name: urn.slice(urn.lastIndexOf("::") + 2), location: this.locate() };
  }

  protected locate(): Location {
    if (!this.location) throw new Refusal(`The simulated ${this.catalogue.package} provider is not configured.`);
    return this.location;
  }

  /** Runs an operation, letting it go wrong when its turn has come. */
  protected async exposed<T extends StoredResource | undefined>(operation: () => Promise<T>): Promise<T> {
    const fault = await this.args.faults.next();
    switch (fault?.kind) {
      case undefined:
        return operation();
      case "throttle":
        throw new Refusal("Throttling: Rate exceeded, and still after the provider's retries (simulated fault)");
      case "timeout": {
        const resource = await operation();
        if (resource) throw new NotReady(resource);
        throw new Refusal("timeout while waiting for the deletion to be confirmed (simulated fault)");
      }
      case "lost-answer":
        await operation();
        throw new Refusal("connection reset by peer while the answer was awaited (simulated fault)");
      case "crash":
        // In turn before the cloud has heard of the operation, and after it has carried it out.
        if (fault.hit % 2 === 0) await operation();
        return this.args.crash();
    }
  }

  private withDefaultTags(token: string, inputs: Properties): Properties {
    const { defaultTags } = this.catalogue;
    if (!defaultTags || !this.catalogue.typeOf(token)?.inputs[defaultTags.input]) return inputs;
    const own = inputs[defaultTags.input] ?? {};
    if (!isRecord(own)) return inputs;
    return { ...inputs, [defaultTags.merged]: { ...defaultTags.of(this.config), ...own } };
  }

  /** Inputs as the catalogue knows them: merged tags are the provider's, not the cloud's. */
  private ownInputs(inputs: Properties): Properties {
    const merged = this.catalogue.defaultTags?.merged;
    return Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== merged));
  }

  private withMergedTags(live: StoredResource, inputs: Properties): StoredResource {
    const merged = this.catalogue.defaultTags?.merged;
    if (!merged || inputs[merged] === undefined) return live;
    return { ...live, outputs: { ...live.outputs, [merged]: inputs[merged] } };
  }
}

/** Objects are merged member by member; everything else is replaced. */
function overlay(below: Properties, above: Properties): Properties {
  const merged = Object.entries(above).map(([name, value]) => {
    const old = below[name];
    return [name, isRecord(old) && isRecord(value) ? overlay(old, value) : value] as const;
  });
  return { ...below, ...Object.fromEntries(merged) };
}

/** The SDK sends a provider's lists, objects, numbers and booleans as JSON text. */
function parsed(value: unknown): unknown {
  if (isRecord(value) && SIGNATURE in value) return parsed(value.value);
  if (typeof value !== "string" || hasUnknown(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
