import { createHash } from "node:crypto";
import type { AwsPlace } from "../../components/aws/place";
import { awsCatalogue } from "../../tools/rehearsal/aws/catalogue";
import type { Catalogue } from "../../tools/rehearsal/catalogue";
import { randomCatalogue } from "../../tools/rehearsal/random/catalogue";
import { checkInputs, createResource, deleteResource, updateResource } from "../../tools/rehearsal/simulator";
import type { StoredResource, WorldState } from "../../tools/rehearsal/world";
import { type ComputedOutputs, type Recording, type RecordOptions, record } from "./pulumiMocks";

export const ACCOUNT = "123456789012";

/** A place in each kind of environment. */
export function place(environment: AwsPlace["environment"] = "prod", region = "us-east-1"): AwsPlace {
  return { stack: environment, environment, accountId: ACCOUNT, region };
}

/**
 * Records a program against the simulated AWS: every input is checked against its catalogue entry, and the cloud's own
 * rules (CIDRs, references, unique names, quotas) hold while applying.
 * @throws {Error} with everything that the simulated cloud refuses.
 */
export function recordAws<T>(
  program: () => T,
  { preview = false }: { readonly preview?: boolean } = {},
): Promise<Recording<T>> {
  return record(program, { types: simulatedTypes(preview), functions, preview });
}

/** A program planned and applied; what holds must hold in both. */
export async function recordBoth<T>(program: () => T): Promise<readonly Recording<T>[]> {
  return [await recordAws(program, { preview: true }), await recordAws(program)];
}

const location = { account: ACCOUNT, region: "us-east-1" };

const functions = Object.fromEntries(
  Object.entries(awsCatalogue.functions).map(([token, call]) => [
    token,
    (args: Readonly<Record<string, unknown>>) =>
      call(args, {
        name: "",
        inputs: {},
        ...location,
        sequence: 0,
        world: { resources: [], find: () => undefined },
      }) as Record<string, unknown>,
  ]),
);

/** A number by name instead of by turn, so that a resource has the same id in every recording. */
function numberOf(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE();
}

/** One empty cloud for one program; a proxy, so that a type missing in the catalogue stays an unexpected one. */
function simulatedTypes(preview: boolean): RecordOptions["types"] {
  const regions = new Map<string, string>();
  let state: WorldState = { sequence: 0, clock: 0, waited: 0, resources: [] };
  const compute =
    (catalogue: Catalogue, token: string): ComputedOutputs =>
    ({ name, inputs, provider }) => {
      const failures = checkInputs(catalogue, token, inputs);
      if (failures.length > 0) {
        const lines = failures.map(({ property, reason }) => `${property}: ${reason}`);
        throw new Error(`${token} ${name}: ${lines.join("; ")}`);
      }
      if (preview) return {};
      const region = regions.get(provider.split("::").at(-1) ?? "") ?? location.region;
      const subject = { token, urn: `${token}::${name}`, name, location: { ...location, region } };
      const made = createResource(catalogue, { ...state, sequence: numberOf(`${token} ${name}`) }, subject, inputs);
      state = made.state;
      return { ...made.result.outputs, id: made.result.id };
    };
  const rememberRegion: ComputedOutputs = ({ name, inputs }) => {
    regions.set(name, String(inputs.region));
    return {};
  };
  return new Proxy(
    {},
    {
      get(_, token) {
        if (typeof token !== "string") return undefined;
        if (token === "pulumi:providers:aws") return rememberRegion;
        const catalogue = [awsCatalogue, randomCatalogue].find((each) => each.typeOf(token));
        return catalogue && compute(catalogue, token);
      },
    },
  );
}

/** The simulated AWS by itself, for tests of what it refuses. Every call throws the cloud's own words. */
export function simulatedAws(region = "us-east-1") {
  let state: WorldState = { sequence: 0, clock: 0, waited: 0, resources: [] };
  const subject = (token: string, name: string) => ({
    token,
    urn: `${token}::${name}`,
    name,
    location: { ...location, region },
  });
  return {
    create(token: string, inputs: Readonly<Record<string, unknown>>, name = `r${state.sequence}`): StoredResource {
      const made = createResource(awsCatalogue, state, subject(token, name), inputs);
      state = made.state;
      return made.result;
    },
    update({ token, urn, id }: StoredResource, inputs: Readonly<Record<string, unknown>>): StoredResource {
      const { length } = `${token}::`;
      const made = updateResource(awsCatalogue, state, subject(token, urn.slice(length)), id, inputs);
      state = made.state;
      return made.result;
    },
    remove(resource: StoredResource): void {
      state = deleteResource(awsCatalogue, state, subject(resource.token, ""), resource.id);
    },
  };
}
