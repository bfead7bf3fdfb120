import {
  createResource,
  deleteResource,
  Refusal,
  type Subject,
  updateResource,
} from "../../../tools/rehearsal/simulator";
import type { WorldState } from "../../../tools/rehearsal/world";
import { smallCloud } from "../../support/smallCloud";

const location = { account: "acme", region: "north" };
const types = {
  network: "small:net/network:Network",
  subnet: "small:net/subnet:Subnet",
  role: "small:iam/role:Role",
  machine: "small:vm/machine:Machine",
};

function subject(kind: keyof typeof types, name = kind as string): Subject {
  return { token: types[kind], name, urn: `urn:pulumi:dev::p::${types[kind]}::${name}`, location };
}

/** A cloud with what the steps made, in turn; ids are net-1, sub-2 ... */
function cloudWith(...steps: [kind: keyof typeof types, inputs: Record<string, unknown>][]): WorldState {
  let state: WorldState = { sequence: 0, clock: 0, waited: 0, resources: [] };
  for (const [kind, inputs] of steps) state = createResource(smallCloud, state, subject(kind), inputs).state;
  return state;
}

const network = ["network", { cidr: "10.0.0.0/16" }] as ["network", Record<string, unknown>];
const subnet = ["subnet", { networkId: "net-1", cidr: "10.0.1.0/24" }] as ["subnet", Record<string, unknown>];

describe("creating", () => {
  test("gives inputs, defaults and what the cloud computes, marked as simulated", () => {
    const { result } = createResource(smallCloud, cloudWith(network), subject("subnet"), {
      networkId: "net-1",
      cidr: "10.0.1.0/24",
    });
    expect(result).toMatchObject({ id: "sub-2", region: "north", sequence: 2 });
    expect(result.outputs).toEqual({
      networkId: "net-1",
      cidr: "10.0.1.0/24",
      simulated: "by tools/rehearsal; this resource exists nowhere",
    });
  });

  test.each<[string, WorldState, keyof typeof types, Record<string, unknown>, string]>([
    [
      "a reference to nothing",
      cloudWith(),
      "subnet",
      { networkId: "net-9", cidr: "10.0.1.0/24" },
      "NotFound: networkId names net-9",
    ],
    [
      "what a rule of the type refuses",
      cloudWith(network),
      "subnet",
      { networkId: "net-1", cidr: "10.9.1.0/24" },
      "InvalidSubnet.Range: outside its network",
    ],
    [
      "a name that is taken",
      cloudWith(["network", { cidr: "10.0.0.0/16", name: "main" }]),
      "network",
      { cidr: "10.1.0.0/16", name: "main" },
      "AlreadyExists: main",
    ],
    ["an id that is taken", cloudWith(["role", { name: "a" }]), "role", { name: "a" }, "AlreadyExists: a"],
    [
      "more than the quota",
      cloudWith(network, network, network),
      "network",
      { cidr: "10.4.0.0/16" },
      "NetworkLimitExceeded: the quota of 3 in north is used up; ask for a higher one or use fewer.",
    ],
    ["inputs that are wrong only once known", cloudWith(), "network", {}, "cidr: is required and not given"],
  ])("refuses %s", (_, state, kind, inputs, message) => {
    expect(() => createResource(smallCloud, state, subject(kind), inputs)).toThrow(new Refusal(message));
  });

  test("waits, in simulated time, until something new can be used", () => {
    const state = cloudWith(["role", { name: "a" }]);
    const { state: after } = createResource(smallCloud, state, subject("machine"), { role: "a" });
    expect(after.waited).toBe(10);
    expect(after.clock).toBe(state.clock + 11);
  });

  test("finds what is referred to by its ARN too", () => {
    const { result } = createResource(smallCloud, cloudWith(network), subject("subnet"), {
      networkId: "arn:acme:net-1",
      cidr: "10.0.1.0/24",
    });
    expect(result.id).toBe("sub-2");
  });
});

describe("updating", () => {
  test("keeps the id and what the cloud computed", () => {
    const { result } = updateResource(smallCloud, cloudWith(network), subject("network"), "net-1", {
      cidr: "10.0.0.0/16",
      name: "new",
    });
    expect(result.outputs).toMatchObject({ arn: "arn:acme:net-1", name: "new" });
  });

  test("refuses what is gone", () => {
    expect(() => updateResource(smallCloud, cloudWith(), subject("network"), "net-1", { cidr: "10.0.0.0/16" })).toThrow(
      new Refusal("NotFound: id names net-1"),
    );
  });
});

describe("deleting", () => {
  test("is refused while another resource needs it, by name", () => {
    const state = cloudWith(network, subnet);
    expect(() => deleteResource(smallCloud, state, subject("network"), "net-1")).toThrow(
      new Refusal("DependencyViolation: net-1 has a dependent object (sub-2)."),
    );
    const less = deleteResource(smallCloud, state, subject("subnet"), "sub-2");
    expect(deleteResource(smallCloud, less, subject("network"), "net-1").resources).toEqual([]);
  });

  test("is refused while it is protected", () => {
    const state = cloudWith(["role", { name: "a", locked: true }]);
    expect(() => deleteResource(smallCloud, state, subject("role"), "a")).toThrow(
      new Refusal("Protected: a by locked"),
    );
  });

  test("of what is gone already succeeds, so that an interrupted destroy can be repeated", () => {
    expect(deleteResource(smallCloud, cloudWith(), subject("network"), "net-1").resources).toEqual([]);
  });

  test("in another region finds nothing", () => {
    const elsewhere = { token: types.network, location: { account: "acme", region: "south" } };
    expect(deleteResource(smallCloud, cloudWith(network), elsewhere, "net-1").resources).toHaveLength(1);
  });
});
