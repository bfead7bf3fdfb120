import { performanceReport } from "../../../../services/drift/performance/performance";
import { type PerformanceBody, performanceBody } from "../../../../services/drift/performance/request";
import { parseRequest } from "../../../../services/drift/requests";
import { scoredRows } from "../../../support/scoredRows";

const report = (body: unknown) => performanceReport(parseRequest(performanceBody, body, "body"));
const lists = ({ scores, labels }: ReturnType<typeof scoredRows>) => ({ scores: [...scores], labels: [...labels] });
const day = (date: string, rows: number) => new Array<string>(rows).fill(`${date}T10:00:00Z`);

describe("performanceReport", () => {
  const reference = lists(scoredRows(2000, 1));

  it("measures windows where the truth is known, and names those that fell", async () => {
    const [good, bad] = [lists(scoredRows(600, 2)), lists(scoredRows(200, 3, (score) => 0.9 - 0.8 * score))];
    const found = await report({
      scores: [...good.scores, ...bad.scores],
      labels: [...good.labels, ...bad.labels],
      window_rows: 200,
      reference,
    });
    expect(found.mode).toBe("measured");
    expect(found.windows.map(({ window }) => window)).toEqual([
      "rows 0 to 199",
      "rows 200 to 399",
      "rows 400 to 599",
      "rows 600 to 799",
    ]);
    expect(found.degraded).toEqual(["rows 600 to 799"]);
    expect(found.notes).toEqual([
      "A window is degraded when its accuracy is below the reference's at p < 0.05 over all 4 windows (Bonferroni).",
    ]);
  });

  it("estimates by day without the truth, states its assumption, and compares confidence with the day before", async () => {
    const sure = [...scoredRows(300, 4).scores];
    const unsure = sure.map((score) => 0.5 + (score - 0.5) / 4);
    const found = await report({
      scores: [...unsure, ...sure],
      times: [...day("2026-03-02", 300), ...day("2026-03-01", 300)],
      reference,
    });
    expect(found.windows.map(({ window, degraded }) => [window, degraded])).toEqual([
      ["2026-03-01", false],
      ["2026-03-02", true],
    ]);
    expect(found.notes[0]).toContain("concept drift and regions never seen before make the estimate wrong");
    expect(found.confidence_shift).toMatchObject({
      window: "2026-03-02",
      previous_window: "2026-03-01",
      shifted: true,
    });
    expect(found.confidence_shift?.high).toBeLessThan(0);
    expect((await report({ scores: sure })).notes[1]).toContain("uncalibrated");
  });

  const fine = { scores: [0.2, 0.7], labels: [0, 1] };
  it.each<[string, Partial<Record<keyof PerformanceBody, unknown>>, string]>([
    ["no scores", { scores: [] }, "scores is empty; an array of at least one value is expected."],
    ["a percentage", { scores: [20, 0.7] }, "Row 0 of scores is 20: a probability from 0 to 1 is expected."],
    ["a text", { scores: ["high", 0.7] }, 'Row 0 of scores is "high": a probability from 0 to 1 is expected.'],
    ["too few labels", { labels: [1] }, "labels has 1 values beside 2 scores; as many are needed."],
    [
      "an unknown truth",
      { labels: [1, null] },
      "Row 1 of labels is null: a string, number or boolean is expected; leave rows of unknown truth out.",
    ],
    [
      "three classes",
      { scores: [0.1, 0.2, 0.3], labels: ["a", "b", "c"], positive: "a" },
      'labels has 2 values besides the positive "a" ("b", "c"): two classes are measured. Name the positive label in positive.',
    ],
    ["too few times", { times: [0] }, "times has 1 values beside 2 scores; as many are needed."],
    [
      "no time",
      { times: ["soon", 0] },
      'Row 0 of the event time "times" is "soon": an ISO 8601 text or seconds since 1970 is expected, or null where it is missing.',
    ],
    ["a threshold of 1", { threshold: 1 }, "The request is wrong. body.threshold: Too big: expected number to be <1."],
    [
      "a reference without its truth",
      { reference: { scores: [0.5] } },
      "The request is wrong. body.reference.labels: Invalid input: expected nonoptional, received undefined.",
    ],
  ])("refuses %s", async (_, change, message) => {
    await expect(async () => report({ ...fine, ...change })).rejects.toThrow(message);
  });
});
