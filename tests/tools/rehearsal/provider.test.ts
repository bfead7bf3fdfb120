import { FaultCounter, parseFault } from "../../../tools/rehearsal/faults";
import { NotReady, SimulatedProvider } from "../../../tools/rehearsal/provider";
import { World } from "../../../tools/rehearsal/world";
import { smallCloud } from "../../support/smallCloud";
import { temporaryFolder } from "../../support/temporaryFolder";

const NETWORK = "small:net/network:Network";
const ROLE = "small:iam/role:Role";
const folder = temporaryFolder();
let clouds = 0;

/** A configured provider of a new, empty cloud. */
function provider(fault?: string, config: Record<string, unknown> = {}) {
  clouds += 1;
  const world = new World(folder, `cloud-${clouds}`);
  const faults = new FaultCounter(`${folder}/faults-${clouds}`, fault === undefined ? undefined : parseFault(fault));
  const crash = async () => {
    throw new Error("the engine was killed");
  };
  const simulated = new SimulatedProvider({ catalogue: smallCloud, world, faults, crash });
  simulated.configure(config);
  return { simulated, world };
}

const urn = (token: string) => `urn:pulumi:dev::p::${token}::main`;

describe("a simulated provider", () => {
  test("makes, reads, changes and removes a resource", async () => {
    const { simulated } = provider();
    const { id } = await simulated.create(NETWORK, urn(NETWORK), { cidr: "10.0.0.0/16" });
    expect(simulated.read(NETWORK, id)?.outputs).toMatchObject({ cidr: "10.0.0.0/16", arn: "arn:acme:net-1" });
    await simulated.update(NETWORK, urn(NETWORK), id, { cidr: "10.0.0.0/16", name: "new" });
    expect(simulated.read(NETWORK, id)?.outputs).toMatchObject({ name: "new" });
    await simulated.delete(NETWORK, id);
    expect(simulated.read(NETWORK, id)).toBeUndefined();
  });

  test("adds its default tags below the resource's own", () => {
    const { simulated } = provider(undefined, { defaultTags: JSON.stringify({ stack: "dev", owner: "nobody" }) });
    expect(simulated.check(NETWORK, { cidr: "10.0.0.0/16", tags: { owner: "me" } }).inputs).toEqual({
      cidr: "10.0.0.0/16",
      tags: { owner: "me" },
      allTags: { stack: "dev", owner: "me" },
    });
  });

  test("says which type it does not know, and where it would be added", () => {
    expect(provider().simulated.check("small:net/bridge:Bridge", {}).failures).toEqual([
      {
        property: "type",
        reason: "the simulated small knows no resource type small:net/bridge:Bridge; add it to tools/rehearsal/small",
      },
    ]);
  });

  test("removes first what could not exist beside its replacement", () => {
    const { simulated } = provider();
    const change = (olds: Record<string, unknown>, news: Record<string, unknown>) =>
      simulated.diff(NETWORK, olds, news).deleteFirst;
    expect(change({ cidr: "10.0.0.0/16", name: "a" }, { cidr: "10.1.0.0/16", name: "a" })).toBe(true);
    expect(change({ cidr: "10.0.0.0/16", name: "a" }, { cidr: "10.1.0.0/16", name: "b" })).toBe(false);
    expect(change({ cidr: "10.0.0.0/16" }, { cidr: "10.1.0.0/16" })).toBe(false);
  });

  test("keeps, while an update is planned, what the cloud computed inside objects too", () => {
    const { simulated } = provider();
    const outputs = { issuer: { enabled: true, url: "https://i" }, list: [1], size: 1 };
    expect(simulated.previewUpdate(outputs, { issuer: { enabled: true }, list: [2] })).toEqual({
      issuer: { enabled: true, url: "https://i" },
      list: [2],
      size: 1,
    });
  });

  test("answers functions, and refuses those that it does not have", () => {
    const { simulated } = provider();
    expect(simulated.invoke("small:index/whoami:whoami", {})).toEqual({ account: "acme" });
    expect(() => simulated.invoke("small:index/other:other", {})).toThrow(
      "The simulated small knows no function small:index/other:other.",
    );
  });
});

describe("faults", () => {
  const create = ({ simulated }: ReturnType<typeof provider>) => simulated.create(ROLE, urn(ROLE), { name: "a" });

  test("throttling makes nothing", async () => {
    const made = provider("throttle:1");
    await expect(create(made)).rejects.toThrow(
      "Throttling: Rate exceeded, and still after the provider's retries (simulated fault)",
    );
    expect(made.world.read().resources).toEqual([]);
  });

  test("a lost answer has made what it does not tell of", async () => {
    const made = provider("lost-answer:1");
    await expect(create(made)).rejects.toThrow(
      "connection reset by peer while the answer was awaited (simulated fault)",
    );
    expect(made.world.read().resources).toHaveLength(1);
  });

  test("a time-out tells of what it has made", async () => {
    const made = provider("timeout:1");
    await expect(create(made)).rejects.toThrow(NotReady);
    await expect(made.simulated.delete(ROLE, "a")).rejects.toThrow(
      "timeout while waiting for the deletion to be confirmed (simulated fault)",
    );
  });

  test("a crash comes in turn before and after the cloud has done its part", async () => {
    const made = provider("crash:1");
    await expect(create(made)).rejects.toThrow("the engine was killed");
    expect(made.world.read().resources).toEqual([]);
    await expect(create(made)).rejects.toThrow("the engine was killed");
    expect(made.world.read().resources).toHaveLength(1);
  });
});
