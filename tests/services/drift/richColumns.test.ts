import { type Answer, driftFixture } from "../../support/driftService";
import { normalValues, repeated } from "../../support/driftTables";

const { call } = driftFixture();
const error = ({ status, body }: Answer) => `${status} ${body.error?.code}: ${body.error?.message}`;
const texts = (rows: number, subject: string) =>
  repeated(rows, "the answer came late", "all was well", "please call me back", "many thanks").map(
    (text, i) => `${text} about ${i % 2 ? subject : "an order"}`,
  );
const vectors = (rows: number, shift: number) => repeated(rows, 0).map(() => normalValues(6, shift));
const kinds = { review: "text", image: "embedding" };

describe("columns of texts and of embeddings", () => {
  beforeAll(async () => {
    const columns = {
      review: texts(200, "shoes"),
      image: vectors(120, 0).concat(new Array(80).fill(null)),
      price: normalValues(200),
    };
    expect((await call("PUT", "/references/rich", { columns, kinds })).status).toBe(201);
    expect((await call("PUT", "/references/rich", { columns, kinds })).status).toBe(200);
    const other = { ...columns, review: texts(200, "boots") };
    expect((await call("PUT", "/references/rich", { columns: other, kinds })).status).toBe(409);
  });
  const detect = (columns: unknown, more = {}) =>
    call("POST", "/detect-drift", { reference_id: "rich", columns, ...more });

  it("drift when words or vectors change, by a classifier and by MMD", async () => {
    const { body } = await detect({ review: texts(100, "phones"), image: vectors(100, 1), price: normalValues(100) });
    expect(body.features_affected.sort()).toEqual(["image", "review"]);
    expect(body.columns.review).toMatchObject({
      kind: "text",
      test: "domain_classifier",
      drifted: true,
      effect: { measure: "classifier_auc" },
      note: "Judged on 200 sampled values of the reference and 100 of the window.",
    });
    expect(body.columns.image).toMatchObject({ kind: "embedding", test: "mmd", reference_missing: 80, p_value: 0.005 });
    const words = body.explanations.find(({ feature }: { feature: string }) => feature === "review").values;
    expect(
      words
        .slice(0, 2)
        .map(({ value }: { value: string }) => value)
        .sort(),
    ).toEqual(["phones", "shoes"]);
  });

  it("do not when they do not, and are not judged on few", async () => {
    const { body } = await detect({ review: texts(60, "shoes"), image: vectors(60, 0), price: normalValues(60) });
    expect(body.columns.review.drifted || body.columns.image.drifted).toBe(false);
    const few = await detect({ review: texts(10, "shoes"), image: vectors(10, 0), price: normalValues(10) });
    expect(few.body.not_tested.review.message).toBe(
      "200 values present in the reference and 10 in the window; at least 20 are needed in both.",
    );
  });

  it("may be all that there is", async () => {
    const made = await call("PUT", "/references/only", {
      columns: { review: texts(50, "shoes") },
      kinds: { review: "text" },
    });
    expect(made).toMatchObject({ status: 201, body: { rows: 50 } });
    const { body } = await call("POST", "/detect-drift", {
      reference_id: "only",
      columns: { review: texts(50, "phones") },
    });
    expect(body).toMatchObject({ drift_detected: true, reference_rows: 50, current_rows: 50 });
  });

  const fine = { review: texts(30, "shoes"), image: vectors(30, 0), price: normalValues(30) };
  it.each<[string, unknown, string]>([
    [
      "a number for a text",
      { ...fine, review: [7, ...fine.review.slice(1)] },
      '400 wrong_type: Row 0 of column "review" is 7: a text is expected, or null where it is missing.',
    ],
    [
      "a text for a vector",
      { ...fine, image: ["x", ...fine.image.slice(1)] },
      '400 wrong_type: Row 0 of column "image" is "x": an array of 1 to 4096 finite numbers is expected, or null where it is missing.',
    ],
    [
      "vectors of two lengths",
      { ...fine, image: [[1, 2], ...fine.image.slice(1)] },
      '400 ragged_rows: Row 1 of column "image" has 6 numbers and the rows before have 2; all need as many.',
    ],
    [
      "vectors of another length than the reference's",
      { ...fine, image: fine.image.map(() => [1, 2]) },
      '400 ragged_rows: Column "image" has 2 numbers a row and the reference has 6; as many are needed.',
    ],
    [
      "fewer texts than rows",
      { ...fine, review: ["x"] },
      '400 ragged_columns: Column "review" has 1 values and column "price" has 30; all columns need the same number of rows.',
    ],
  ])("are refused: %s", async (_, columns, expected) => {
    expect(error(await detect(columns))).toBe(expected);
  });

  it("are refused a test that is for numbers", async () => {
    expect(error(await detect(fine, { tests: { review: { test: "psi" } } }))).toBe(
      '400 test_does_not_fit: Column "review" is text and does not suit psi, which is for numeric and categorical columns.',
    );
    expect(error(await detect(fine, { tests: { price: { test: "mmd" } } }))).toBe(
      '400 test_does_not_fit: Column "price" is numeric and does not suit mmd, which is for columns of kind embedding.',
    );
  });
});
