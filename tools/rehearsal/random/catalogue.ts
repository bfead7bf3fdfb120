import { createHash } from "node:crypto";
import { version } from "@pulumi/random/package.json";
import { byToken, type Catalogue } from "../catalogue";
import type { InputRule, Made, ResourceType } from "../resourceType";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/** The same bytes for the same resource in every rehearsal, so that two runs can be compared. */
function bytesOf({ name, inputs, sequence }: Made, count: number): Buffer {
  const seed = JSON.stringify([name, inputs, sequence]);
  const blocks = Array.from({ length: Math.ceil(count / 32) }, (_, block) =>
    createHash("sha256").update(`${seed}${block}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, count);
}

const replaces = { replaces: true } as const;
const keepers: InputRule = { type: "map", ...replaces };
const flag: InputRule = { type: "boolean", ...replaces, default: true };
const count: InputRule = { type: "number", ...replaces, min: 0 };

const textInputs: ResourceType["inputs"] = {
  keepers,
  length: { type: "number", required: true, ...replaces, min: 1 },
  lower: flag,
  upper: flag,
  numeric: flag,
  special: flag,
  minLower: count,
  minUpper: count,
  minNumeric: count,
  minSpecial: count,
  overrideSpecial: { type: "string", ...replaces },
};

function text(made: Made): string {
  const { lower, upper, numeric, special, overrideSpecial, length } = made.inputs;
  const alphabet = [
    lower === false ? "" : LOWER,
    upper === false ? "" : LOWER.toUpperCase(),
    numeric === false ? "" : DIGITS,
    special === false ? "" : ((overrideSpecial as string | undefined) ?? SPECIAL),
  ].join("");
  return [...bytesOf(made, Number(length))].map((byte) => alphabet[byte % alphabet.length] ?? "").join("");
}

const types: readonly ResourceType[] = [
  {
    token: "random:index/randomId:RandomId",
    inputs: {
      keepers,
      byteLength: { type: "number", required: true, ...replaces, min: 1 },
      prefix: { type: "string", ...replaces },
    },
    id: (made) => bytesOf(made, Number(made.inputs.byteLength)).toString("base64url"),
    outputs: (made) => {
      const bytes = bytesOf(made, Number(made.inputs.byteLength));
      const prefix = (made.inputs.prefix as string | undefined) ?? "";
      return {
        hex: prefix + bytes.toString("hex"),
        b64Std: prefix + bytes.toString("base64"),
        b64Url: prefix + bytes.toString("base64url"),
        dec: `${prefix}${BigInt(`0x${bytes.toString("hex")}`)}`,
      };
    },
  },
  {
    token: "random:index/randomString:RandomString",
    inputs: textInputs,
    id: text,
    outputs: (made) => ({ result: text(made) }),
  },
  {
    token: "random:index/randomPassword:RandomPassword",
    inputs: textInputs,
    id: (made) => bytesOf(made, 8).toString("hex"),
    outputs: (made) => ({ result: text(made) }),
  },
];

/** The random provider: ids, strings and passwords. Source: the provider's schema, 4.x. */
export const randomCatalogue: Catalogue = {
  package: "random",
  version,
  typeOf: byToken(types),
  functions: {},
  locate: () => ({ account: "local", region: "local" }),
  refusals: {
    inUse: (target) => `${target.id} is in use.`,
    exists: (token, value) => `${token} ${value} exists already.`,
    missing: (path, value) => `${path}: there is no ${value}.`,
    protectedFromDeletion: (target) => `${target.id} is protected.`,
  },
};
