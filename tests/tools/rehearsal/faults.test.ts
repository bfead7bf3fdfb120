import { FaultCounter, formatFault, parseFault } from "../../../tools/rehearsal/faults";
import { temporaryFolder } from "../../support/temporaryFolder";

describe("parseFault", () => {
  test.each([
    ["crash", "crash:50"],
    ["crash:20", "crash:20"],
    ["lost-answer:7", "lost-answer:7"],
  ])("%s", (text, whole) => {
    expect(formatFault(parseFault(text))).toBe(whole);
  });

  test.each(["", "flood", "crash:", "crash:0", "crash:1.5", "crash:x", "crash:1:2"])("refuses %j", (text) => {
    expect(() => parseFault(text)).toThrow(
      new Error(
        `There is no fault ${text}; allowed: throttle, timeout, lost-answer, crash, each with ":K" for every K-th operation, such as crash:20.`,
      ),
    );
  });
});

describe("FaultCounter", () => {
  const folder = temporaryFolder();

  test("counts the operations of several processes together", async () => {
    const [one, other] = [1, 2].map(() => new FaultCounter(folder, parseFault("throttle:3")));
    const hits: unknown[] = [];
    for (let turn = 0; turn < 3; turn += 1) hits.push(await one?.next(), await other?.next());
    expect(hits).toEqual([
      undefined,
      undefined,
      { kind: "throttle", hit: 1 },
      undefined,
      undefined,
      { kind: "throttle", hit: 2 },
    ]);
  });

  test("hits nothing without a fault", async () => {
    expect(await new FaultCounter(folder, undefined).next()).toBeUndefined();
  });
});
