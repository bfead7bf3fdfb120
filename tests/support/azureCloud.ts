import type { AzurePlace } from "../../components/azure/place";
import { azureCatalogue } from "../../tools/rehearsal/azure/catalogue";
import type { Catalogue } from "../../tools/rehearsal/catalogue";
import { randomCatalogue } from "../../tools/rehearsal/random/catalogue";
import { checkInputs, createResource } from "../../tools/rehearsal/simulator";
import type { WorldState } from "../../tools/rehearsal/world";
import { type ComputedOutputs, type Recording, type RecordOptions, record } from "./pulumiMocks";

export const SUBSCRIPTION = "00000000-0000-4000-8000-00000000aaaa";
const GROUP = "tideline-test";

/** A place in each kind of environment, in a resource group that exists. */
export function place(environment: AzurePlace["environment"] = "prod", location = "westeurope"): AzurePlace {
  return { stack: environment, environment, location, resourceGroupName: GROUP };
}

/** A live resource of a type; ids and outputs as the catalogue computes them. */
export interface Existing {
  readonly token: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface AzureRecordOptions extends Partial<RecordOptions> {
  /** What is there before the program runs, besides a resource group. @default nothing */
  readonly existing?: readonly Existing[];
}

/**
 * Records a program against the simulated Azure: every input is checked against its catalogue entry, and the cloud's own
 * rules (ranges, references, roles, settled properties, quotas) hold while applying.
 * @throws {Error} with everything that the simulated cloud refuses.
 */
export function recordAzure<T>(
  program: () => T,
  { existing = [], ...options }: AzureRecordOptions = {},
): Promise<Recording<T>> {
  return record(program, { types: simulatedTypes(options.preview ?? false, existing), functions, ...options });
}

/** A program planned and applied; what holds must hold in both. */
export async function recordBoth<T>(
  program: () => T,
  options: AzureRecordOptions = {},
): Promise<readonly Recording<T>[]> {
  return [await recordAzure(program, { ...options, preview: true }), await recordAzure(program, options)];
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

/** A subscription with the test's resource group and what else is asked for. */
export function subscriptionWith(existing: readonly Existing[] = []): WorldState {
  const group = {
    token: "azure-native:resources:ResourceGroup",
    inputs: { resourceGroupName: GROUP, location: "westeurope" },
  };
  return [group, ...existing].reduce((state, { token, inputs }, index) => {
    const subject = { token, urn: `urn::existing-${index}`, name: `existing-${index}`, location };
    return createResource(azureCatalogue, state, subject, inputs).state;
  }, EMPTY);
}

/** One cloud for one program; a proxy, so that a type missing in the catalogues stays an unexpected one. */
function simulatedTypes(preview: boolean, existing: readonly Existing[]): RecordOptions["types"] {
  const states = new Map<Catalogue, WorldState>([
    [azureCatalogue, subscriptionWith(existing)],
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
      try {
        createResource(
          catalogue,
          states.get(catalogue) ?? EMPTY,
          { token, urn: `${token}::${name}`, name, location },
          inputs,
        );
      } catch (e) {
        process.stderr.write(`${name}: ${(e as Error).message}\n`);
      }
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
