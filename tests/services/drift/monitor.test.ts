import { type Answer, driftFixture } from "../../support/driftService";

const { call } = driftFixture();

const sample = <T>(length: number, f: (i: number) => T) => Array.from({ length }, (_, i) => f(i));
const wave = (length: number, shift = 0) => sample(length, (i) => Math.sin(i * 12.9898) * 43.7 + shift);
const words = (length: number) => sample(length, (i) => ["red", "green", "blue"][i % 3] ?? "");
const error = ({ status, body }: Answer) => `${status} ${body.error?.code}: ${body.error?.message}`;
const detect = (request: unknown) => call("POST", "/detect-drift", request);

describe("comparing what a request holds", () => {
  beforeAll(() =>
    call("PUT", "/references/mixed", {
      columns: { number: wave(300), word: words(300), rare: [...wave(4), ...new Array(296).fill(null)] },
    }),
  );

  it("reports a schema that differs, broken columns and late rows when asked to, and compares the rest", async () => {
    const time = (i: number) => new Date(Date.now() - i * 3_600_000).toISOString();
    const columns = {
      number: sample(200, (i) => `n${i}`),
      word: words(200).map((word, i) => (i % 2 ? word : null)),
      extra: wave(200),
      seen_at: sample(200, time),
    };
    const request = {
      reference_id: "mixed",
      columns,
      schema: "report",
      event_time: { column: "seen_at", maximum_age_seconds: 86_400 },
    };
    const { body } = await detect(request);
    expect(body.quality.passed).toBe(false);
    expect(
      body.quality.problems.map(({ check, level, column }: Record<string, string>) => [level, check, column]),
    ).toEqual(
      expect.arrayContaining([
        ["failure", "missing_column", "rare"],
        ["failure", "wrong_type", "number"],
        ["failure", "late_rows", "seen_at"],
        ["failure", "missing_values", "word"],
        ["warning", "unexpected_column", "extra"],
      ]),
    );
    expect(Object.keys(body.columns)).toEqual(["word"]);
    expect(body.drift_type).toBe("quality");
    expect(body.recommendation).toMatchObject({
      action: "fix_data",
      reason: expect.stringContaining("Repair the data"),
    });
  });

  const fine = { number: wave(9), word: words(9), rare: wave(9) };
  it.each<[string, unknown, string]>([
    [
      "no body",
      undefined,
      "400 invalid_request: The request is wrong. body: Invalid input: expected object, received undefined.",
    ],
    ["neither columns nor rows", {}, "400 invalid_request: Send either columns or rows, and not both."],
    ["both", { columns: fine, rows: [] }, "400 invalid_request: Send either columns or rows, and not both."],
    [
      "unknown column",
      { columns: { ...fine, extra: wave(9) } },
      '400 unknown_column: The window names the column "extra", which the reference "mixed" lacks. It has: "number", "word", "rare".',
    ],
    [
      "unknown column in tests",
      { columns: fine, tests: { x: {} } },
      '400 unknown_column: tests names the column "x", which the reference "mixed" lacks. It has: "number", "word", "rare".',
    ],
    [
      "missing columns",
      { columns: { rare: wave(9) } },
      '400 missing_columns: The window lacks 2 column(s) of the reference "mixed": "number", "word". Send nulls for values that are not known, or ask with schema: "report".',
    ],
    ["no columns", { columns: {} }, "400 empty_data: columns is empty; send at least one column."],
    [
      "ragged",
      { columns: { ...fine, rare: [1] } },
      '400 ragged_columns: Column "rare" has 1 values and column "number" has 9; all columns need the same number of rows.',
    ],
    [
      "text for numbers",
      { columns: { ...fine, number: words(9) } },
      '400 wrong_type: Row 0 of column "number" is "red": a number is expected, or null where it is missing.',
    ],
    [
      "both references",
      { columns: fine, reference: { columns: fine } },
      "400 invalid_request: Send either reference_id or reference, and not both.",
    ],
    [
      "inline reference without data",
      { columns: fine, reference_id: undefined, reference: {} },
      "400 invalid_request: Send either columns or rows, and not both.",
    ],
    [
      "unknown preset",
      { columns: fine, preset: "best" },
      '400 invalid_request: The request is wrong. body.preset: Invalid option: expected one of "evidently"|"size_aware"|"ensemble".',
    ],
    [
      "unknown tests",
      { columns: fine, tests: "some" },
      '400 invalid_request: The request is wrong. body.tests: Invalid input: expected "all" or an object of {test?, threshold?} by column.',
    ],
    [
      "unknown correction",
      { columns: fine, correction: "holm" },
      '400 invalid_request: The request is wrong. body.correction: Invalid option: expected one of "none"|"bonferroni"|"benjamini_hochberg".',
    ],
    [
      "effect beyond its range",
      { columns: fine, minimum_effect: 2 },
      "400 invalid_request: The request is wrong. body.minimum_effect: Too big: expected number to be <=1.",
    ],
    [
      "unknown label",
      { columns: fine, roles: { label: "truth" } },
      '400 unknown_column: roles.label names the column "truth", which the reference lacks.',
    ],
    [
      "event time that is not there",
      { columns: fine, event_time: { column: "at", maximum_age_seconds: 60 } },
      '400 unknown_column: event_time names the column "at", which the window lacks.',
    ],
    [
      "event time that is none",
      {
        columns: { ...fine, at: ["yesterday", ...new Array(8).fill(0)] },
        event_time: { column: "at", maximum_age_seconds: 60 },
      },
      '400 invalid_event_time: Row 0 of the event time "at" is "yesterday": an ISO 8601 text or seconds since 1970 is expected, or null where it is missing.',
    ],
    [
      "nothing that fits",
      { columns: { other: [1] }, schema: "report" },
      '400 schema_mismatch: Not one column of the window fits the reference "mixed": The window lacks "number". The window lacks "word". The window lacks "rare". The reference lacks "other".',
    ],
    [
      "test of the wrong kind",
      { columns: fine, tests: { word: { test: "kolmogorov_smirnov" } } },
      '400 test_does_not_fit: Column "word" is categorical and does not suit kolmogorov_smirnov, which is for numeric columns.',
    ],
  ])("refuses: %s", async (_, request, expected) => {
    const body = request && { reference_id: "mixed", ...request };
    expect(error(await detect(body))).toBe(expected);
  });
});
