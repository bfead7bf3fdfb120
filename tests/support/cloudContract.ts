import type * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "../../components/contract";
import type { Catalogue } from "../../tools/rehearsal/catalogue";
import { isSecret, type Recorded, type Recording, UNKNOWN, unwrap } from "./pulumiMocks";

/** What a cloud gives of the contract: the three clouds all of it, this machine its database and object store. */
export type ContractParts = Pick<Foundation, "database" | "objects"> & Partial<Foundation>;

/** A cloud that is held to the contract. */
export interface CloudUnderContract {
  /** Name of its folder below components. */
  readonly cloud: "aws" | "gcp" | "azure" | "local";
  /** Types of what stands at the top. */
  readonly tops: readonly string[];
  /** Records what the cloud gives, of the clouds a stack in prod with the pools general and gpu; planned or applied. */
  readonly build: (preview: boolean) => Promise<Recording<ContractParts>>;
  /** The input that carries tags or labels, a pair that every one must have, and who knows which types carry any. */
  readonly tags?: {
    readonly inputs: readonly string[];
    readonly pair: readonly [string, string];
    readonly catalogue: Catalogue;
  };
  /** Why a resource can be reached by anyone, or undefined. */
  readonly openness: (resource: Recorded) => string | undefined;
  /** Types that hold data, and the input by which their key is named. */
  readonly encrypted: Readonly<Record<string, (inputs: Recorded["inputs"]) => unknown>>;
}

/** One suite for every cloud: what stands on a foundation must not need to know which cloud it is. */
export function describeCloud(under: CloudUnderContract): void {
  const { cloud, tops, build, openness, encrypted } = under;
  // This machine has neither tags nor keys nor a network of its own.
  const ofClouds: (name: string, body: () => void) => void = cloud === "local" ? () => {} : test;
  describe.each([
    ["planned", true],
    ["applied", false],
  ])(`${cloud}, %s`, (_, preview) => {
    let recording: Recording<ContractParts>;
    beforeAll(async () => {
      recording = await build(preview);
    });
    const resources = () => recording.resources.filter(({ type }) => !type.startsWith("pulumi:"));
    const owned = () => resources().filter(({ custom }) => custom);
    const byUrn = (urn: string) => recording.resources.find((resource) => resource.urn === urn);

    test("every resource has a component for its parent, all below what stands at the top", () => {
      const found = resources().filter(({ parent }) => !byUrn(parent) || byUrn(parent)?.type === "pulumi:pulumi:Stack");
      expect(found.map(({ type }) => type).sort()).toEqual([...tops].sort());
      const components = resources().filter(({ custom }) => !custom);
      expect(components.filter(({ type }) => !type.startsWith(`tideline:${cloud}:`))).toEqual([]);
    });

    test("names derive from the parent's name, so that two of a component never clash", () => {
      const strays = resources().filter(({ name, parent }) => {
        const above = byUrn(parent);
        return above && !above.type.startsWith("pulumi:") && !name.startsWith(above.name);
      });
      expect(strays.map(({ name, parent }) => `${name} below ${parent}`)).toEqual([]);
    });

    test("every component registers outputs", () => {
      const silent = resources().filter(({ custom, outputs }) => !custom && outputs === undefined);
      expect(silent.map(({ name }) => name)).toEqual([]);
    });

    ofClouds("whatever can carry tags carries the stack's", () => {
      const { catalogue, pair, inputs: names } = under.tags ?? { inputs: [], pair: [] };
      const [key = "", value] = pair;
      const bare = owned().filter(({ type, inputs }) => {
        const input = names.find((name) => catalogue?.typeOf(type)?.inputs[name]?.type === "map");
        return input !== undefined && (inputs[input] as Record<string, unknown> | undefined)?.[key] !== value;
      });
      expect(bare.map(({ type, name }) => `${type} ${name}`)).toEqual([]);
    });

    test("nothing is open to anyone", () => {
      expect(owned().flatMap((resource) => openness(resource) ?? [])).toEqual([]);
    });

    ofClouds("whatever holds data is encrypted with a key of the stack's", () => {
      for (const [type, keyOf] of Object.entries(encrypted)) {
        const found = recording.ofType(type);
        expect(found.length).toBeGreaterThan(0);
        // What is not known while planning cannot be looked into; applied, it can.
        const open = found.filter(
          ({ inputs }) => !JSON.stringify(inputs).includes(UNKNOWN) && keyOf(inputs) === undefined,
        );
        expect(open.map(({ name }) => `${type} ${name}`)).toEqual([]);
      }
    });

    test("passwords are secret wherever they are handed over", () => {
      const plain = owned().flatMap(({ name, inputs, secretInputs }) =>
        Object.keys(inputs)
          .filter((input) => /password(Value)?$|^secretData$|^secretString$/i.test(input))
          .filter((input) => typeof inputs[input] === "string" && inputs[input] !== UNKNOWN)
          .filter((input) => !secretInputs.includes(input))
          .map((input) => `${name}.${input}`),
      );
      expect(plain).toEqual([]);
    });

    ofClouds("pools are known while planning, and GPU pools keep other pods off", () => {
      const { nodePools = {} } = recording.result.cluster ?? {};
      expect(Object.keys(nodePools)).toEqual(expect.arrayContaining(["general", "gpu"]));
      expect(nodePools.general).toMatchObject({ gpusPerNode: 0, taints: [] });
      expect(nodePools.gpu?.gpusPerNode).toBe(1);
      expect(nodePools.gpu?.taints).toContainEqual({ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" });
    });

    ofClouds("the network's range is known while planning", () => {
      expect(recording.result.network?.cidr).toMatch(/^10\.\d+\.0\.0\/16$/);
    });
  });

  describe(`${cloud}: every field of the contract`, () => {
    test("has a value once applied, and the kubeconfig is secret", async () => {
      const { result } = await build(false);
      for (const [name, output] of Object.entries(textsOf(result))) {
        expect([name, await unwrap(output)]).toEqual([name, expect.stringMatching(/./)]);
      }
      const { objects, database, network, cluster, identities } = result;
      for (const url of [objects.modelsUrl, objects.artifactsUrl, objects.dataUrl]) {
        expect(await unwrap(url)).toMatch(/^(s3|gs|azblob|file):\/\/./);
      }
      expect(await unwrap(database.port)).toBe(5432);
      for (const output of network
        ? [network.publicSubnetIds, network.privateSubnetIds, network.databaseSubnetIds]
        : []) {
        expect((await unwrap(output)).length).toBeGreaterThan(0);
      }
      if (identities) expect(Object.keys(identities)).toEqual(expect.arrayContaining(["serving", "training", "drift"]));
      if (!cluster) return;
      expect(await unwrap(cluster.endpoint)).toMatch(/^https:\/\//);
      expect(await isSecret(cluster.kubeconfig)).toBe(true);
      expect(JSON.parse(await unwrap(cluster.kubeconfig))).toMatchObject({ apiVersion: "v1", kind: "Config" });
    });
  });
}

/** The contract's texts, of the parts that the cloud gives. */
function textsOf(parts: ContractParts): Record<string, pulumi.Output<string>> {
  const { network, cluster, database, cache, registry, secrets, alarms, identities = {} } = parts;
  const principals = Object.entries(identities).map(([name, { principal }]) => [name, principal] as const);
  return {
    databaseHost: database.host,
    databaseName: database.databaseName,
    username: database.username,
    ...(network ? { networkId: network.networkId } : {}),
    ...(cluster
      ? { clusterName: cluster.clusterName, endpoint: cluster.endpoint, oidcIssuerUrl: cluster.oidcIssuerUrl }
      : {}),
    // Nobody but this machine's processes reaches a local database, which has no password.
    ...(cluster ? { passwordSecret: database.passwordSecret } : {}),
    ...(cache ? { cacheHost: cache.host, cacheSecret: cache.passwordSecret } : {}),
    ...(registry ? { registryUrl: registry.url } : {}),
    ...(secrets ? { keyId: secrets.keyId } : {}),
    ...(alarms ? { channel: alarms.channel } : {}),
    ...Object.fromEntries(principals),
  };
}
