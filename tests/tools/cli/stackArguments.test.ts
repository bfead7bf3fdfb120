import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkStack, knownStacks, parseStackArguments } from "../../../tools/cli/stackArguments";
import { temporaryFolder } from "../../support/temporaryFolder";

describe("parseStackArguments", () => {
  test.each<[string, string, string[]]>([
    ["", "local", []],
    ["dev", "dev", []],
    ["--yes --diff", "local", ["--yes", "--diff"]],
    ["--yes prod --diff", "prod", ["--yes", "--diff"]],
    ["--stack prod --yes", "prod", ["--yes"]],
    ["--stack=acme/tideline/prod", "acme/tideline/prod", []],
    ["-s prod -y", "prod", ["-y"]],
    ["--message hello prod", "prod", ["--message", "hello"]],
    ["-m hello -p 4 -c a=b --config c=d", "local", ["-m", "hello", "-p", "4", "-c", "a=b", "--config", "c=d"]],
    ["staging --config-file other.yaml", "staging", ["--config-file", "other.yaml"]],
    ["--config-file=other.yaml staging", "staging", ["--config-file=other.yaml"]],
    [
      "--policy-pack policies --refresh --target urn:a",
      "local",
      "--policy-pack policies --refresh --target urn:a".split(" "),
    ],
    ["--refresh=false -d", "local", ["--refresh=false", "-d"]],
  ])("%j -> stack %s, flags %j", (line, stack, flags) => {
    const args = line.split(" ").filter((arg) => arg !== "");
    expect(parseStackArguments(args)).toEqual({ stack, flags });
  });

  test.each([
    ["dev prod", "One command works on one stack; found dev and prod."],
    ["dev --stack prod", "One command works on one stack; found dev and prod."],
    ["--stack", "--stack needs the name of a stack, such as local."],
    ["--stack=", "--stack needs the name of a stack, such as local."],
  ])("%j is refused", (line, message) => {
    expect(() => parseStackArguments(line.split(" "))).toThrow(message);
  });
});

describe("checkStack", () => {
  const folder = temporaryFolder();
  beforeAll(() => {
    for (const name of ["Pulumi.yaml", "Pulumi.local.yaml", "Pulumi.prod.yaml", "Pulumi.dev.yml", "README.md"]) {
      writeFileSync(join(folder, name), "");
    }
    mkdirSync(join(folder, "stacks"));
  });

  test("knows the stacks that have a settings file", () => {
    expect(knownStacks(folder)).toEqual(["dev", "local", "prod"]);
  });

  test.each([
    { stack: "local", flags: [] },
    { stack: "acme/tideline/prod", flags: [] },
    { stack: "new", flags: ["--config-file", "other.yaml"] },
    { stack: "new", flags: ["--config-file=other.yaml"] },
  ])("lets %j through", (args) => {
    expect(() => checkStack(args, folder)).not.toThrow();
  });

  test.each([
    [
      "prd",
      "There is no stack prd: no Pulumi.prd.yaml holds its settings. Did you mean prod? Valid: dev, local, prod.",
    ],
    ["quality", "There is no stack quality: no Pulumi.quality.yaml holds its settings. Valid: dev, local, prod."],
    [
      "acme/tideline/lcal",
      "There is no stack acme/tideline/lcal: no Pulumi.lcal.yaml holds its settings. Did you mean local? Valid: dev, local, prod.",
    ],
  ])("refuses %s", (stack, message) => {
    expect(() => checkStack({ stack, flags: [] }, folder)).toThrow(message);
  });
});
