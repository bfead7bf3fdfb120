import type { GcpPlace } from "../../components/gcp/place";
import type { Catalogue } from "../../tools/rehearsal/catalogue";
import { gcpCatalogue } from "../../tools/rehearsal/gcp/catalogue";
import { SERVICE } from "../../tools/rehearsal/gcp/gcpType";
import { randomCatalogue } from "../../tools/rehearsal/random/catalogue";
import { checkInputs, createResource } from "../../tools/rehearsal/simulator";
import type { WorldState } from "../../tools/rehearsal/world";
import { type ComputedOutputs, type Recording, type RecordOptions, record } from "./pulumiMocks";

export const PROJECT = "acme-ml-prod";

/** A place in each kind of environment. */
export function place(environment: GcpPlace["environment"] = "prod", region = "europe-west4"): GcpPlace {
  return { stack: environment, environment, project: PROJECT, region };
}

/** APIs that a project has switched on before anything is made in it. */
const APIS = [
  "artifactregistry",
  "bigquery",
  "billingbudgets",
  "cloudkms",
  "cloudresourcemanager",
  "compute",
  "container",
  "iam",
  "monitoring",
  "pubsub",
  "redis",
  "secretmanager",
  "servicenetworking",
  "sqladmin",
];

export interface GcpRecordOptions extends Partial<RecordOptions> {
  /** Which APIs are on at the start. @default all */
  readonly apis?: readonly string[];
}

/**
 * Records a program against the simulated Google Cloud: every input is checked against its catalogue entry, and the
 * cloud's own rules (ranges, references, keys, quotas) hold while applying.
 * @throws {Error} with everything that the simulated cloud refuses.
 */
export function recordGcp<T>(
  program: () => T,
  { apis = APIS, ...options }: GcpRecordOptions = {},
): Promise<Recording<T>> {
  return record(program, { types: simulatedTypes(options.preview ?? false, apis), functions, ...options });
}

/** A program planned and applied; what holds must hold in both. */
export async function recordBoth<T>(
  program: () => T,
  options: GcpRecordOptions = {},
): Promise<readonly Recording<T>[]> {
  return [await recordGcp(program, { ...options, preview: true }), await recordGcp(program, options)];
}

const location = { account: PROJECT, region: "europe-west4" };

const functions = Object.fromEntries(
  Object.entries(gcpCatalogue.functions).map(([token, call]) => [
    token,
    (args: Readonly<Record<string, unknown>>) => {
      const world = { resources: [], find: () => undefined };
      return call(args, { name: "", inputs: {}, ...location, sequence: 0, world }) as Record<string, unknown>;
    },
  ]),
);

const EMPTY: WorldState = { sequence: 0, clock: 0, waited: 0, resources: [] };

/** A project with some of its APIs on. */
export function enabledProject(apis: readonly string[] = APIS): WorldState {
  return apis.reduce((state, api) => {
    const subject = { token: SERVICE, urn: `urn::${api}`, name: api, location };
    return createResource(gcpCatalogue, state, subject, { service: `${api}.googleapis.com`, project: PROJECT }).state;
  }, EMPTY);
}

/** One cloud for one program; a proxy, so that a type missing in the catalogues stays an unexpected one. */
function simulatedTypes(preview: boolean, apis: readonly string[]): RecordOptions["types"] {
  const states = new Map<Catalogue, WorldState>([
    [gcpCatalogue, enabledProject(apis)],
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
