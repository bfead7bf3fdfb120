import { type Answer, driftFixture } from "../../../support/driftService";
import { normalValues } from "../../../support/driftTables";

const { call } = driftFixture();
const error = ({ status, body }: Answer) => `${status} ${body.error?.code}: ${body.error?.message}`;
const put = (id: string, body: unknown) => call("PUT", `/monitors/${id}`, body);

beforeAll(() => call("PUT", "/references/base", { columns: { a: normalValues(100) } }));

describe("/monitors", () => {
  it("are made, changed, listed and deleted", async () => {
    const made = await put("m1", { reference_id: "base", every_seconds: 600, preset: "size_aware" });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      id: "m1",
      every_seconds: 600,
      rules: { preset: "size_aware", collect: true, alert: true, maximum_rows: 100_000, minimum_rows: 5 },
      last_outcome: null,
      waiting_rows: 0,
    });
    const next = Date.parse(made.body.next_run_at);
    expect(next).toBeGreaterThan(Date.now() + 500_000);
    const again = await put("m1", { reference_id: "base", every_seconds: 600 });
    expect([again.status, again.body.next_run_at]).toEqual([200, made.body.next_run_at]);
    const sooner = await put("m1", { reference_id: "base", every_seconds: 60 });
    expect(Date.parse(sooner.body.next_run_at)).toBeLessThan(next);
    expect((await call("GET", "/monitors")).body.monitors.map(({ id }: { id: string }) => id)).toEqual(["m1"]);
    expect((await call("DELETE", "/monitors/m1")).status).toBe(204);
    const gone = '404 monitor_not_found: There is no monitor "m1". PUT /monitors/m1 makes one.';
    for (const answer of [
      await call("GET", "/monitors/m1"),
      await call("DELETE", "/monitors/m1"),
      await call("POST", "/monitors/m1/run"),
      await call("POST", "/monitors/m1/data", { columns: { a: [1] } }),
    ]) {
      expect(error(answer)).toBe(gone);
    }
  });

  it.each<[string, unknown, string]>([
    [
      "no reference",
      {},
      "400 invalid_request: The request is wrong. body.reference_id: Invalid input: expected string, received undefined.",
    ],
    [
      "an unknown reference",
      { reference_id: "other" },
      '404 reference_not_found: There is no reference "other". PUT /references/other makes one.',
    ],
    [
      "too short an interval",
      { reference_id: "base", every_seconds: 1 },
      "400 invalid_request: The request is wrong. body.every_seconds: Too small: expected number to be >=10.",
    ],
    [
      "a test of an unknown column",
      { reference_id: "base", tests: { x: {} } },
      '400 unknown_column: tests names the column "x", which the reference "base" lacks. It has: "a".',
    ],
    [
      "an unknown label",
      { reference_id: "base", roles: { label: "y" } },
      '400 unknown_column: roles.label names the column "y", which the reference lacks.',
    ],
    [
      "a misspelt rule",
      { reference_id: "base", pre_set: "ensemble" },
      '400 invalid_request: The request is wrong. body: Unrecognized key: "pre_set".',
    ],
  ])("refuse %s", async (_, body, expected) => {
    expect(error(await put("bad", body))).toBe(expected);
  });

  it("refuse data that does not fit, and more of it than they keep", async () => {
    await put("small", { reference_id: "base", maximum_rows: 100 });
    const give = (columns: unknown) => call("POST", "/monitors/small/data", { columns });
    expect(error(await give({ b: [1] }))).toBe(
      '400 unknown_column: The window names the column "b", which the reference "base" lacks. It has: "a".',
    );
    expect(error(await give({ a: ["x"] }))).toBe(
      '400 wrong_type: Row 0 of column "a" is "x": a number is expected, or null where it is missing.',
    );
    expect((await give({ a: normalValues(80) })).body.waiting_rows).toBe(80);
    expect(error(await give({ a: normalValues(30) }))).toBe(
      '409 monitor_full: The monitor "small" holds 80 rows, and 30 more would exceed its maximum_rows of 100. Run it (POST /monitors/small/run), or raise the limit.',
    );
    // What is collected from a comparison never fails it.
    const compared = await call("POST", "/detect-drift", { reference_id: "base", columns: { a: normalValues(50) } });
    expect(compared.status).toBe(200);
    expect((await call("GET", "/monitors/small")).body.waiting_rows).toBe(80);
  });
});
