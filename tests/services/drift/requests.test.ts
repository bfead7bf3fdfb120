import { detectBody, listQuery, parseReferenceId, parseRequest } from "../../../services/drift/requests";

const detect = (body: unknown) => () => parseRequest(detectBody, body, "body");
const fine = { reference_id: "m-1", columns: { a: [1] } };

describe("parseRequest", () => {
  it("fills in what is left out", () => {
    expect(detect(fine)()).toEqual({
      ...fine,
      preset: "evidently",
      minimum_rows: 5,
      minimum_effect: 0,
      roles: {},
      schema: "strict",
      report: false,
      tests: {},
    });
    expect(parseRequest(listQuery, { limit: "7" }, "query")).toEqual({ limit: 7, after: "" });
  });

  it.each<[string, unknown, string]>([
    ["no body", undefined, "body: Invalid input: expected object, received undefined."],
    [
      "a number for a reference",
      { ...fine, reference_id: 7 },
      "body.reference_id: Invalid input: expected string, received number.",
    ],
    ["misspelt field", { ...fine, column: 1 }, 'body: Unrecognized key: "column".'],
    ["share of 0", { ...fine, drift_share: 0 }, "body.drift_share: Too small: expected number to be >0."],
    ["share above 1", { ...fine, drift_share: 2 }, "body.drift_share: Too big: expected number to be <=1."],
    ["one row", { ...fine, minimum_rows: 1 }, "body.minimum_rows: Too small: expected number to be >=2."],
    [
      "threshold of 0",
      { ...fine, tests: { a: { threshold: 0 } } },
      "body.tests.a.threshold: Too small: expected number to be >0.",
    ],
    [
      "two at once",
      { ...fine, drift_share: "x", minimum_rows: 2.5 },
      "body.drift_share: Invalid input: expected number, received string. body.minimum_rows: Invalid input: expected int, received number.",
    ],
  ])("refuses: %s", (_, body, problem) => {
    expect(detect(body)).toThrow(new Error(`The request is wrong. ${problem}`));
  });

  it("names the known tests when one is misspelt", () => {
    expect(detect({ ...fine, tests: { a: { test: "ks" } } })).toThrow(
      'The request is wrong. body.tests.a.test: Invalid option: expected one of "kolmogorov_smirnov"|"cramer_von_mises"|',
    );
  });
});

describe("parseReferenceId", () => {
  it.each(["breast-cancer-1", "A.b_c", "0", "x".repeat(128)])("allows %s", (id) => {
    expect(parseReferenceId(id)).toBe(id);
  });

  it.each(["", "-a", "a b", "a/b", "é", "a\n", "x".repeat(129)])("refuses %j", (id) => {
    expect(() => parseReferenceId(id)).toThrow(
      `The reference id ${JSON.stringify(id)} is not allowed: 1 to 128 letters, digits, dots, dashes and underscores, the first a letter or digit.`,
    );
  });
});
