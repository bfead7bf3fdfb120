import type { Catalogue } from "../../tools/rehearsal/catalogue";
import { byToken } from "../../tools/rehearsal/catalogue";
import { cidrContains } from "../../tools/rehearsal/cidr";
import type { ResourceType } from "../../tools/rehearsal/resourceType";

const network: ResourceType = {
  token: "small:net/network:Network",
  inputs: {
    cidr: { type: "string", required: true, replaces: true, pattern: /\d+\.\d+\.\d+\.\d+\/\d+/ },
    name: { type: "string", maxLength: 8 },
    tags: { type: "map", items: { type: "string" } },
  },
  id: ({ sequence }) => `net-${sequence}`,
  outputs: ({ sequence, account }) => ({ arn: `arn:${account}:net-${sequence}` }),
  quota: { most: 3, code: "NetworkLimitExceeded" },
  unique: { property: "name", within: "account" },
};

const subnet: ResourceType = {
  token: "small:net/subnet:Subnet",
  inputs: {
    networkId: { type: "string", required: true, replaces: true, refers: { to: [network.token] } },
    cidr: { type: "string", required: true, replaces: true },
    settings: {
      type: "object",
      properties: {
        mode: { type: "string", values: ["open", "closed"], default: "closed" },
        size: { type: "number", min: 1, max: 9, replaces: true },
      },
    },
    ports: { type: "list", items: { type: "number" }, max: 3 },
  },
  id: ({ sequence }) => `sub-${sequence}`,
  rules: [
    ({ inputs, world }) => {
      const within = world.find([network.token], inputs.networkId)?.inputs.cidr;
      return cidrContains(String(within), String(inputs.cidr)) ? undefined : "InvalidSubnet.Range: outside its network";
    },
  ],
};

const role: ResourceType = {
  token: "small:iam/role:Role",
  inputs: { name: { type: "string", required: true }, locked: { type: "boolean", default: false } },
  id: ({ inputs }) => String(inputs.name),
  usableAfterSeconds: 10,
  deletionProtection: "locked",
};

const machine: ResourceType = {
  token: "small:vm/machine:Machine",
  inputs: { role: { type: "string", required: true, refers: { to: [role.token] } } },
  id: ({ sequence }) => `vm-${sequence}`,
};

/** A cloud of four resource types that has one of every kind of rule, for tests of the simulation itself. */
export const smallCloud: Catalogue = {
  package: "small",
  version: "1.0.0",
  typeOf: byToken([network, subnet, role, machine]),
  functions: { "small:index/whoami:whoami": (_, { account }) => ({ account }) },
  locate: ({ region }) => ({ account: "acme", region: String(region ?? "north") }),
  defaultTags: {
    input: "tags",
    merged: "allTags",
    of: ({ defaultTags }) => (defaultTags ?? {}) as Record<string, unknown>,
  },
  refusals: {
    inUse: (target, by) => `DependencyViolation: ${target.id} has a dependent object (${by.id}).`,
    exists: (_, value) => `AlreadyExists: ${value}`,
    missing: (path, value) => `NotFound: ${path} names ${value}`,
    protectedFromDeletion: (target, property) => `Protected: ${target.id} by ${property}`,
  },
};
