import { rehearsalBackend, rehearsalFolder } from "../../../tools/rehearsal/guard";

const REFUSAL =
  "A simulated provider was asked to take part in a real operation, and refuses: nothing that it makes exists. " +
  "Remove the folder with Tideline's simulated pulumi-resource-* commands from PATH and try again. " +
  "To rehearse without an account: npm run rehearse -- STACK.";

describe("rehearsalFolder", () => {
  test("is the rehearsal's own when the engine keeps its state there", () => {
    const env = { TIDELINE_REHEARSAL: "/a/folder", PULUMI_BACKEND_URL: rehearsalBackend("/a/folder") };
    expect(rehearsalFolder(env)).toBe("/a/folder");
  });

  test.each<[string, NodeJS.ProcessEnv]>([
    ["no rehearsal is under way", {}],
    ["the engine keeps its state elsewhere", { TIDELINE_REHEARSAL: "/a/folder", PULUMI_BACKEND_URL: "s3://states" }],
    ["no backend is named", { TIDELINE_REHEARSAL: "/a/folder" }],
    [
      "another rehearsal's state is meant",
      {
        TIDELINE_REHEARSAL: "/a/folder",
        PULUMI_BACKEND_URL: rehearsalBackend("/another"),
      },
    ],
  ])("refuses when %s", (_, env) => {
    expect(() => rehearsalFolder(env)).toThrow(new Error(REFUSAL));
  });
});
