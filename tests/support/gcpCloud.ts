import type { GcpPlace } from "../../components/gcp/place";
import type { Catalogue } from "../../tools/rehearsal/catalogue";
import { gcpCatalogue } from "../../tools/rehearsal/gcp/catalogue";
import { SERVICE } from "../../tools/rehearsal/gcp/gcpType";
import { randomCatalogue } from "../../tools/rehearsal/random/catalogue";
import { checkInputs, createResource, deleteResource, updateResource } from "../../tools/rehearsal/simulator";
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

/** A project to make things in, step by step; each step gives the cloud's answer or throws its refusal. */
export class GcpWorld {
  private state = enabledProject();

  /** Makes a resource and gives its outputs with its id. */
  create(token: string, inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> & { id: string } {
    const name = `resource-${this.state.sequence}`;
    const subject = { token, urn: `${token}::${name}`, name, location };
    const { state, result } = createResource(gcpCatalogue, this.state, subject, { project: PROJECT, ...inputs });
    this.state = state;
    return { ...result.outputs, id: result.id };
  }

  /** Changes a resource in place. */
  update(token: string, id: string, inputs: Readonly<Record<string, unknown>>): void {
    const urn = this.state.resources.find((live) => live.id === id)?.urn ?? "";
    const subject = { token, urn, name: id, location };
    this.state = updateResource(gcpCatalogue, this.state, subject, id, { project: PROJECT, ...inputs }).state;
  }

  delete(token: string, id: string): void {
    this.state = deleteResource(gcpCatalogue, this.state, { token, location }, id);
  }

  /** Simulated seconds that callers waited for something new to be usable. */
  get waited(): number {
    return this.state.waited;
  }
}

/** A network with a node subnet and the peering with Google's service producers. */
export function peeredNetwork(world: GcpWorld) {
  const network = world.create("gcp:compute/network:Network", { name: "net", autoCreateSubnetworks: false });
  const subnet = world.create("gcp:compute/subnetwork:Subnetwork", {
    name: "nodes",
    region: "europe-west4",
    network: network.id,
    ipCidrRange: "10.2.0.0/20",
    secondaryIpRanges: [
      { rangeName: "pods", ipCidrRange: "10.2.128.0/17" },
      { rangeName: "services", ipCidrRange: "10.2.16.0/20" },
    ],
  });
  const range = world.create("gcp:compute/globalAddress:GlobalAddress", {
    name: "lent",
    network: network.id,
    purpose: "VPC_PEERING",
    addressType: "INTERNAL",
    address: "10.2.32.0",
    prefixLength: 20,
  });
  const connection = world.create("gcp:servicenetworking/connection:Connection", {
    project: undefined,
    network: network.id,
    service: "servicenetworking.googleapis.com",
    reservedPeeringRanges: ["lent"],
  });
  return { network, subnet, range, connection };
}

/** A key that the service account of `agent` may use. */
export function grantedKey(world: GcpWorld, agent: string, location = "europe-west4"): string {
  const ring = world.create("gcp:kms/keyRing:KeyRing", { name: `ring-${agent.replace(/\W/g, "-")}`, location });
  const key = world.create("gcp:kms/cryptoKey:CryptoKey", { project: undefined, name: "key", keyRing: ring.id });
  world.create("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", {
    project: undefined,
    cryptoKeyId: key.id,
    role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    member: `serviceAccount:service-123456789012@${agent}.iam.gserviceaccount.com`,
  });
  return key.id;
}
