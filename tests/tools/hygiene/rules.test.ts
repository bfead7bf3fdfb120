import { join } from "node:path";
import { importProblems, lengthProblems, testPathProblems, tieProblems } from "../../../tools/hygiene/rules";
import { readSources } from "../../../tools/hygiene/sources";

const file = (path: string, text = "") => ({ path, text });

describe("this repository", () => {
  const sources = readSources(join(__dirname, "../../.."));
  test("is read", () => expect(sources.length).toBeGreaterThan(50));
  test("imports point one way", () => expect(importProblems(sources)).toEqual([]));
  test("every test mirrors a source file", () => expect(testPathProblems(sources)).toEqual([]));
  test("files and functions stay short", () => expect(lengthProblems(sources)).toEqual([]));
  test("nothing ties it to a machine or a registry", () => expect(tieProblems(sources)).toEqual([]));
});

describe("import direction", () => {
  test.each([
    ["services/drift/api.ts", "../../components/contract", "components/contract"],
    ["services/drift/api.ts", "../../stacks/config", "stacks/config"],
    ["services/drift/api.ts", "../serving/batcher", "services/serving/batcher"],
    ["components/local/job.ts", "../../stacks/config", "stacks/config"],
    ["components/local/job.ts", "../../services/drift/api", "services/drift/api"],
    ["stacks/platform.ts", "../services/drift/api", "services/drift/api"],
    ["policies/tags.ts", "../components/contract", "components/contract"],
    ["examples/one/main.ts", "../../stacks/config", "stacks/config"],
  ])("%s may not import %s", (path, target, named) => {
    const room = path.split("/")[0];
    expect(importProblems([file(path, `import { x } from "${target}";`)])).toEqual([
      `${path} imports ${named}, which ${room} may not.`,
    ]);
  });

  test.each([
    ["services/drift/api.ts", "../runtime/http"],
    ["services/drift/api.ts", "../serving/service"],
    ["services/main.ts", "./serving/main"],
    ["components/local/job.ts", "../../services/training/service"],
    ["stacks/platform.ts", "../components/local/job"],
    ["tools/bench/serving.ts", "../../services/serving/serving"],
  ])("%s may import %s", (path, target) => {
    expect(importProblems([file(path, `import { x } from "${target}";`)])).toEqual([]);
  });

  test("imports inside functions and types count", () => {
    const text =
      'async function f() { await import("../../stacks/config"); }\ntype T = import("../../stacks/outputs").Outputs;';
    expect(importProblems([file("services/a/b.ts", text)])).toHaveLength(2);
  });
});

test("a test without its source is named", () => {
  const sources = [file("services/a/b.ts"), file("tests/services/a/b.test.ts"), file("tests/services/a/c.test.ts")];
  expect(testPathProblems(sources)).toEqual([
    "tests/services/a/c.test.ts mirrors no source file; name it after the file that it tests.",
  ]);
});

test("long files and functions are named, describe callbacks are not", () => {
  const body = "  work();\n".repeat(70);
  const sources = [
    file("services/a/long.ts", `function grown() {\n${body}}\n`),
    file("tests/services/a/long.test.ts", `describe("a", () => {\n${body}});\n`),
    file("services/a/longer.ts", "work();\n".repeat(251)),
  ];
  expect(lengthProblems(sources)).toEqual([
    "services/a/long.ts:1 grown has 72 lines; at most 70.",
    "services/a/longer.ts has 251 lines; at most 250.",
  ]);
});

test("machine paths, registry hosts and download addresses are named", () => {
  const host = ["registry", "npmjs", "org"].join(".");
  expect(tieProblems([file("README.md", `see ${host}`), file("package-lock.json", '{"resolved": "x"}')])).toEqual([
    `README.md names ${host}`,
    "package-lock.json holds download addresses; set omit-lockfile-registry-resolved.",
  ]);
});
