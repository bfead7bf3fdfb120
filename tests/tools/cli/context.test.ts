import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createContext } from "../../../tools/cli/context";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();

test("the project is found from below; outside of any, it is this repository", () => {
  const inside = join(folder, "project", "stacks");
  mkdirSync(inside, { recursive: true });
  writeFileSync(join(folder, "project", "Pulumi.yaml"), "");
  expect(createContext(inside, {})).toMatchObject({
    projectFolder: join(folder, "project"),
    home: join(folder, "project", ".tideline"),
  });
  expect(createContext(folder, {}).projectFolder).toBe(resolve(__dirname, "../../.."));
});

test("TIDELINE_HOME moves the home, relative to the project", () => {
  const project = join(folder, "project");
  expect(createContext(project, { TIDELINE_HOME: "other" }).home).toBe(join(project, "other"));
  expect(createContext(project, { TIDELINE_HOME: "/var/tideline" }).home).toBe("/var/tideline");
});
