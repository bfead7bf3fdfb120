import * as pulumi from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime";
import { SIGNATURE } from "../../tools/rehearsal/secretMark";

/**
 * Computed values that the mocked cloud gives for a resource, beyond the echo of its inputs; `id` too, if it matters.
 * Also called while planning, where the values are left out. Throws what the cloud refuses.
 */
export type ComputedOutputs = (resource: MockedResource) => Readonly<Record<string, unknown>>;

/** A resource as the mocked cloud sees it. Inputs are without secret envelopes; `UNKNOWN` for what is not known. */
export interface MockedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** URN and id of the provider in use, joined by `::`; its id is its name here. Empty for the default one. */
  readonly provider: string;
}

export interface RecordOptions {
  /** Type tokens and their computed outputs; a registration of any other type fails. Components need no entry. */
  readonly types: Readonly<Record<string, ComputedOutputs>>;
  /** Functions that may be invoked, by token; any other fails. @default none */
  readonly functions?: Readonly<Record<string, (args: Readonly<Record<string, unknown>>) => Record<string, unknown>>>;
  /** Plan only: ids and computed outputs are unknown. @default false */
  readonly preview?: boolean;
  /** @default "test" */
  readonly stack?: string;
}

/** Everything that a program said of one resource. */
export interface Recorded extends MockedResource {
  readonly urn: string;
  /** URN of the parent; empty at the top. */
  readonly parent: string;
  /** Whether a provider owns it; false for components. */
  readonly custom: boolean;
  /** Names of top-level inputs that are secret. */
  readonly secretInputs: readonly string[];
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly ignoreChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  /** URNs that it is created after. */
  readonly dependencies: readonly string[];
  readonly deletedWith: string;
  /** What `registerOutputs` said, for components. */
  outputs?: Readonly<Record<string, unknown>>;
}

/** All that a program registered, in order, and what it returned. */
export interface Recording<T> {
  readonly resources: readonly Recorded[];
  readonly result: T;
  /** Resources of one type, in order. */
  ofType(type: string): readonly Recorded[];
  /** The one resource of a type, or of a type and name. @throws {Error} naming what there is, unless exactly one. */
  one(type: string, name?: string): Recorded;
}

/**
 * Runs a program against a mocked engine that records everything, and waits until the last resource is registered.
 * @throws {Error} with all refusals when the program registered an unknown type, a URN twice or invoked an unknown
 * function; or what the program itself threw.
 */
export async function record<T>(program: () => T, options: RecordOptions): Promise<Recording<T>> {
  const { preview = false, stack = "test", types, functions = {} } = options;
  const refusals: string[] = [];
  // Refusals are gathered, not thrown: a rejected registration would surface as an unhandled rejection of the test.
  await pulumi.runtime.setMocks(
    {
      newResource: (args) => {
        const resource = mocked(args);
        if (args.custom === false) return { id: undefined, state: args.inputs };
        const compute = types[resource.type];
        if (resource.type.startsWith("pulumi:providers:")) {
          compute?.(resource);
          return { id: preview ? undefined : args.name, state: {} };
        }
        if (!compute) refusals.push(`${resource.name} is of the unexpected type ${resource.type}.`);
        const { id, ...computed } = attempt(() => compute?.(resource), refusals);
        if (preview || !compute) return { id: undefined, state: args.inputs };
        return { id: String(id ?? `${resource.name}-id`), state: { ...args.inputs, ...computed } };
      },
      call: (args) => {
        const answer = functions[args.token]?.(args.inputs);
        if (!answer) refusals.push(`${args.token} was invoked unexpectedly.`);
        return answer ?? {};
      },
    },
    "tideline",
    stack,
    preview,
  );
  const resources = watch(refusals);
  const result = await finished(program);
  if (refusals.length > 0) throw new Error(refusals.join("\n"));
  return recording(resources, result);
}

/** The plain value of an output; undefined while it is unknown. */
export function unwrap<T>(value: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
  const output = pulumi.output(value) as unknown as { promise(withUnknowns?: boolean): Promise<pulumi.Unwrap<T>> };
  return output.promise();
}

/** Whether an output is marked secret. */
export function isSecret(value: pulumi.Output<unknown>): Promise<boolean> {
  return pulumi.isSecret(value);
}

function recording<T>(resources: readonly Recorded[], result: T): Recording<T> {
  return {
    resources,
    result,
    ofType: (type) => resources.filter((resource) => resource.type === type),
    one(type, name) {
      const [found, ...others] = resources.filter(
        (resource) => resource.type === type && (name === undefined || resource.name === name),
      );
      if (found && others.length === 0) return found;
      const there = resources.map((resource) => `${resource.type} ${resource.name}`).join("\n  ");
      throw new Error(`${others.length + (found ? 1 : 0)} resources are ${type} ${name ?? ""}; there are:\n  ${there}`);
    },
  };
}

/** Runs the program and waits for what it registered, also when it throws: the next program has a monitor of its own. */
async function finished<T>(program: () => T): Promise<T> {
  try {
    return program();
  } finally {
    await pulumi.runtime.disconnect();
  }
}

/** What a function gives, or nothing and a refusal when it throws. */
function attempt(compute: () => Readonly<Record<string, unknown>> | undefined, refusals: string[]) {
  try {
    return compute() ?? {};
  } catch (error) {
    refusals.push((error as Error).message);
    return {};
  }
}

/** Stands in recordings for a value that is unknown while planning, as in the engine's own protocol. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Without secret envelopes, at any depth. */
function plain(value: unknown): unknown {
  if (pulumi.isUnknown(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  if (SIGNATURE in value && "value" in value) return plain(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

function mocked({ type, name, inputs, provider = "" }: MockResourceArgs): MockedResource {
  return { type, name, inputs: plain(inputs) as Record<string, unknown>, provider };
}

/** The request's getters that are read here; the generated class is not part of the SDK's public types. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getObject(): unknown;
  getProtect(): boolean | undefined;
  getRetainondelete(): boolean | undefined;
  getDeletebeforereplace(): boolean;
  getIgnorechangesList(): string[];
  getAdditionalsecretoutputsList(): string[];
  getDependenciesList(): string[];
  getProvider(): string;
  getDeletedwith(): string;
}

interface Monitor {
  registerResource(request: RegisterRequest, callback: (error: Error | null, response?: unknown) => void): unknown;
  registerResourceOutputs(
    request: { getUrn(): string; getOutputs(): unknown },
    callback: (error: Error | null, response?: unknown) => void,
  ): unknown;
}

/** Records what passes through the mocked monitor: mocks themselves are not told of parents and options. */
function watch(refusals: string[]): Recorded[] {
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
  const resources: Recorded[] = [];
  monitor.registerResource = (request, callback) =>
    register(request, (error, response) => {
      if (!error) {
        const urn = (response as { getUrn(): string }).getUrn();
        if (resources.some((resource) => resource.urn === urn)) refusals.push(`${urn} is registered twice.`);
        resources.push(recorded(request, urn));
      }
      callback(error, response);
    });
  monitor.registerResourceOutputs = (request, callback) => {
    const found = resources.find((resource) => resource.urn === request.getUrn());
    if (found) found.outputs = plain(deserialize(request.getOutputs())) as Record<string, unknown>;
    return registerOutputs(request, callback);
  };
  return resources;
}

function recorded(request: RegisterRequest, urn: string): Recorded {
  const raw = deserialize(request.getObject());
  const isSecretInput = (value: unknown) =>
    !pulumi.isUnknown(value) && typeof value === "object" && value !== null && SIGNATURE in value;
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    custom: request.getCustom(),
    inputs: plain(raw) as Record<string, unknown>,
    secretInputs: Object.keys(raw).filter((key) => isSecretInput(raw[key])),
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    deleteBeforeReplace: request.getDeletebeforereplace(),
    ignoreChanges: request.getIgnorechangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    dependencies: request.getDependenciesList(),
    provider: request.getProvider(),
    deletedWith: request.getDeletedwith(),
  };
}

function deserialize(struct: unknown): Record<string, unknown> {
  return pulumi.runtime.deserializeProperties(struct as Parameters<typeof pulumi.runtime.deserializeProperties>[0]);
}
