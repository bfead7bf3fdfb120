import fc from "fast-check";
import { columnsFromRows, parseColumns, plainValues } from "../../../services/drift/columns";
import { ServiceError } from "../../../services/runtime/errors";

/** Code and text of the error that a call throws. */
function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof ServiceError) return `${error.status} ${error.code}: ${error.message}`;
    throw error;
  }
  return "accepted";
}

describe("parseColumns", () => {
  it("tells kinds from values, counts nulls as missing, and counts categories", () => {
    const [numbers, words, flags, codes] = parseColumns(
      {
        numbers: [1.5, null, -0, 2],
        words: ["a", "b", null, "a"],
        flags: [true, false, true, null],
        codes: [1, 2, 1, 1],
      },
      { codes: "categorical" },
    );
    expect(numbers).toMatchObject({ kind: "numeric", rows: 4, missing: 1 });
    expect(numbers?.kind === "numeric" && [...numbers.values].map((value) => Object.is(value, -0))).toEqual([
      false,
      false,
      false,
    ]);
    expect(words).toMatchObject({
      kind: "categorical",
      missing: 1,
      counts: new Map([
        ["a", 2],
        ["b", 1],
      ]),
    });
    expect(flags).toMatchObject({
      kind: "categorical",
      missing: 1,
      counts: new Map([
        ["true", 2],
        ["false", 1],
      ]),
    });
    expect(codes).toMatchObject({
      kind: "categorical",
      missing: 0,
      counts: new Map([
        ["1", 3],
        ["2", 1],
      ]),
    });
  });

  it.each<[string, unknown, Record<string, "numeric" | "categorical">, string]>([
    ["no object", [1], {}, "400 invalid_columns: columns is [1]; an object of arrays by column name is expected."],
    ["null", null, {}, "400 invalid_columns: columns is null; an object of arrays by column name is expected."],
    ["no column", {}, {}, "400 empty_data: columns is empty; send at least one column."],
    ["no rows", { a: [] }, {}, "400 empty_data: The columns have no rows; send at least one."],
    ["no array", { a: "xyz" }, {}, '400 invalid_columns: Column "a" is "xyz"; an array of values is expected.'],
    [
      "ragged",
      { a: [1, 2], b: [1] },
      {},
      '400 ragged_columns: Column "b" has 1 values and column "a" has 2; all columns need the same number of rows.',
    ],
    [
      "text among numbers",
      { a: [1, "NaN"] },
      {},
      '400 wrong_type: Row 1 of column "a" is "NaN": a number is expected, or null where it is missing.',
    ],
    [
      "number among texts",
      { a: ["x", 1] },
      {},
      '400 mixed_types: Row 1 of column "a" is 1: a string or boolean is expected, or null where it is missing.',
    ],
    [
      "boolean among texts",
      { a: ["x", true] },
      {},
      '400 mixed_types: Row 1 of column "a" is true: the values before it are of type string, and one column has one type.',
    ],
    [
      "array as value",
      { a: [[1]] },
      {},
      '400 wrong_type: Row 0 of column "a" is [1]: a string or boolean is expected, or null where it is missing.',
    ],
    [
      "infinite",
      { a: [1, Number.POSITIVE_INFINITY] },
      {},
      '400 non_finite_number: Row 1 of column "a" is Infinity: only finite numbers can be compared; write null where the value is missing.',
    ],
    [
      "huge",
      { a: [1, -1e200] },
      {},
      '400 number_too_large: Row 1 of column "a" is -1e+200: numbers between -1e+150 and 1e+150 are allowed.',
    ],
    [
      "only nulls",
      { a: [null] },
      {},
      '400 unknown_kind: Column "a" has only nulls, so its kind cannot be told; state it in kinds.',
    ],
    [
      "kind of no column",
      { a: [1] },
      { b: "numeric" },
      '400 unknown_column: kinds names the column "b", which columns lacks.',
    ],
    [
      "empty name",
      { "": [1] },
      {},
      '400 invalid_column_name: The column name "" is not allowed: 1 to 256 characters without control characters.',
    ],
    [
      "control character in name",
      { "a\u0000": [1] },
      {},
      '400 invalid_column_name: The column name "a\\u0000" is not allowed: 1 to 256 characters without control characters.',
    ],
    [
      "long category",
      { a: ["x".repeat(1025)] },
      {},
      '400 category_too_long: Row 0 of column "a" holds 1025 characters; a category has at most 1024.',
    ],
    [
      "identifiers",
      { a: Array.from({ length: 100_000 }, (_, i) => `id${i}`) },
      {},
      '400 too_many_categories: Column "a" has more than 10000 distinct values; a column of identifiers or free text cannot be tested as categories. Leave it out.',
    ],
    [
      "too many columns",
      Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`c${i}`, [1]])),
      {},
      "400 too_many_columns: There are 2001 columns; at most 2000 are allowed.",
    ],
  ])("refuses: %s", (_, columns, kinds, expected) => {
    expect(refusal(() => [...parseColumns(columns, kinds)])).toBe(expected);
  });

  it("either types every value or refuses with a code, whatever JSON comes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(refusal(() => [...parseColumns(value, {})])).toMatch(/^(accepted|400 [a-z_]+: .+\.)$/s);
      }),
    );
  });
});

describe("columnsFromRows", () => {
  it("turns rows into columns, whatever the order of their keys", () => {
    expect(
      columnsFromRows([
        { a: 1, b: "x" },
        { b: null, a: 2 },
      ]),
    ).toEqual({ a: [1, 2], b: ["x", null] });
  });

  it.each<[unknown, string]>([
    [{}, "400 invalid_rows: rows is {}; an array of objects is expected."],
    [[], "400 empty_data: rows is empty; send at least one row."],
    [[{ a: 1 }, 7], "400 invalid_rows: Row 1 is 7; an object is expected."],
    [[[1]], "400 invalid_rows: Row 0 is [1]; an object is expected."],
    [[{ a: 1 }, { b: 1 }], '400 ragged_rows: Row 1 lacks "a", which row 0 has; write null for a missing value.'],
    [[{ a: 1 }, { a: 1, b: 2 }], '400 ragged_rows: Row 1 has "b", which row 0 lacks; write null for a missing value.'],
  ])("refuses %j", (rows, expected) => {
    expect(refusal(() => columnsFromRows(rows))).toBe(expected);
  });

  it("takes typed numbers as they are, NaN as missing, and refuses what it refuses of others", () => {
    const values = Float64Array.of(1.5, -2, 0);
    const [sound] = parseColumns({ x: values }, {});
    expect(sound).toEqual({ kind: "numeric", name: "x", rows: 3, missing: 0, values });
    const [gaps] = parseColumns({ x: Float64Array.of(1, Number.NaN) }, {});
    expect(gaps).toEqual({ kind: "numeric", name: "x", rows: 2, missing: 1, values: Float64Array.of(1) });
    const [codes] = parseColumns({ x: Float64Array.of(1, Number.NaN, 1) }, { x: "categorical" });
    expect(codes).toMatchObject({ kind: "categorical", missing: 1, counts: new Map([["1", 2]]) });
    expect(() => [...parseColumns({ x: Float64Array.of(1, Infinity) }, {})]).toThrow(
      'Row 1 of column "x" is Infinity: only finite numbers can be compared; write null where the value is missing.',
    );
    expect(plainValues(Float64Array.of(1, Number.NaN))).toEqual([1, null]);
  });
});
