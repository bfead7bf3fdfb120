import type { AzurePlace } from "../../components/azure/place";
import { azureCatalogue } from "../../tools/rehearsal/azure/catalogue";
import type { Catalogue } from "../../tools/rehearsal/catalogue";
import { randomCatalogue } from "../../tools/rehearsal/random/catalogue";
import { checkInputs, createResource, deleteResource, updateResource } from "../../tools/rehearsal/simulator";
import type { WorldState } from "../../tools/rehearsal/world";
import { type ComputedOutputs, type Recording, type RecordOptions, record } from "./pulumiMocks";

export const SUBSCRIPTION = "00000000-0000-4000-8000-00000000aaaa";
const GROUP = "tideline-test";

/** A place in each kind of environment, in a resource group that exists. */
export function place(environment: AzurePlace["environment"] = "prod", location = "westeurope"): AzurePlace {
  return { stack: environment, environment, location, resourceGroupName: GROUP };
}

/**
 * Records a program against the simulated Azure: every input is checked against its catalogue entry, and the cloud's own
 * rules (ranges, references, roles, settled properties, quotas) hold while applying.
 * @throws {Error} with everything that the simulated cloud refuses.
 */
export function recordAzure<T>(program: () => T, options: Partial<RecordOptions> = {}): Promise<Recording<T>> {
  return record(program, { types: simulatedTypes(options.preview ?? false), functions, ...options });
}

/** A program planned and applied; what holds must hold in both. */
export async function recordBoth<T>(program: () => T): Promise<readonly [Recording<T>, Recording<T>]> {
  return [await recordAzure(program, { preview: true }), await recordAzure(program)];
}

const location = { account: SUBSCRIPTION, region: "westeurope" };

const functions = Object.fromEntries(
  Object.entries(azureCatalogue.functions).map(([token, call]) => [
    token,
    (args: Readonly<Record<string, unknown>>) => {
      const world = { resources: [], find: () => undefined };
      return call(args, { name: "", inputs: {}, ...location, sequence: 0, world }) as Record<string, unknown>;
    },
  ]),
);

const EMPTY: WorldState = { sequence: 0, clock: 0, waited: 0, resources: [] };

/** A simulated subscription with one resource group, for the rules of single types. */
export class AzureWorld {
  private state: WorldState = EMPTY;

  constructor() {
    this.create("resources:ResourceGroup", { resourceGroupName: GROUP, location: "westeurope" });
  }

  /** Makes a resource in the group, by its token without `azure-native:`, and gives its outputs with its id. */
  create(token: string, inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> & { id: string } {
    const full = `azure-native:${token}`;
    const name = `resource-${this.state.sequence}`;
    const subject = { token: full, urn: `${full}::${name}`, name, location };
    const { state, result } = createResource(azureCatalogue, this.state, subject, inGroup(full, inputs));
    this.state = state;
    return { ...result.outputs, id: result.id };
  }

  /** Changes a resource in place. */
  update(token: string, id: string, inputs: Readonly<Record<string, unknown>>): void {
    const full = `azure-native:${token}`;
    const urn = this.state.resources.find((live) => live.id === id)?.urn ?? "";
    const subject = { token: full, urn, name: id, location };
    this.state = updateResource(azureCatalogue, this.state, subject, id, inGroup(full, inputs)).state;
  }

  delete(token: string, id: string): void {
    this.state = deleteResource(azureCatalogue, this.state, { token: `azure-native:${token}`, location }, id);
  }

  /** How many resources there are, the group included. */
  get size(): number {
    return this.state.resources.length;
  }

  /** Simulated seconds that callers waited for something new to be usable. */
  get waited(): number {
    return this.state.waited;
  }
}

function inGroup(token: string, inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return azureCatalogue.typeOf(token)?.inputs.resourceGroupName ? { resourceGroupName: GROUP, ...inputs } : inputs;
}

/** A program finds the test's resource group there already. */
function startState(): WorldState {
  const token = "azure-native:resources:ResourceGroup";
  const subject = { token, urn: "urn::group", name: "group", location };
  return createResource(azureCatalogue, EMPTY, subject, { resourceGroupName: GROUP, location: "westeurope" }).state;
}

/** One cloud for one program; a proxy, so that a type missing in the catalogues stays an unexpected one. */
function simulatedTypes(preview: boolean): RecordOptions["types"] {
  const states = new Map<Catalogue, WorldState>([
    [azureCatalogue, startState()],
    [randomCatalogue, EMPTY],
  ]);
  const compute =
    (catalogue: Catalogue, token: string): ComputedOutputs =>
    ({ name, inputs }) => {
      const failures = checkInputs(catalogue, token, inputs);
      if (failures.length > 0) {
        const lines = failures.map(({ property, reason }) => `${property}: ${reason}`);
        throw new Error(`${token} ${name}: ${lines.join("; ")}`);
      }
      if (preview) return {};
      const subject = { token, urn: `${token}::${name}`, name, location };
      const made = createResource(catalogue, states.get(catalogue) ?? EMPTY, subject, inputs);
      states.set(catalogue, made.state);
      return { ...made.result.outputs, id: made.result.id };
    };
  const find = (token: string) => [...states.keys()].find((catalogue) => catalogue.typeOf(token));
  return new Proxy(
    {},
    {
      get(_, token) {
        const catalogue = typeof token === "string" ? find(token) : undefined;
        return catalogue ? compute(catalogue, String(token)) : undefined;
      },
    },
  );
}
