import { type Answer, driftFixture } from "../../support/driftService";

const { call, url } = driftFixture({ BODY_LIMIT_BYTES: "200000" });

const sample = <T>(length: number, f: (i: number) => T) => Array.from({ length }, (_, i) => f(i));
const wave = (length: number, shift = 0) => sample(length, (i) => Math.sin(i * 12.9898) * 43.7 + shift);
const words = (length: number) => Array.from({ length }, (_, i) => ["red", "green", "blue"][i % 3] ?? "");
const error = ({ status, body }: Answer) => `${status} ${body.error?.code}: ${body.error?.message}`;
const put = (id: string, columns: unknown, query = "") => call("PUT", `/references/${id}${query}`, { columns });
const detect = (request: unknown) => call("POST", "/detect-drift", request);

describe("references", () => {
  it("stores once, recognises the same content, and overwrites other content only when told to", async () => {
    const created = await put("model-1", { a: [1, 2, 3], b: ["x", "y", null] });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: "model-1",
      rows: 3,
      columns: [
        { name: "a", kind: "numeric" },
        { name: "b", kind: "categorical" },
      ],
      content_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      created_at: expect.stringMatching(/^\d{4}-.*Z$/),
      updated_at: created.body.created_at,
    });
    const again = await put("model-1", { b: [null, "y", "x"], a: [3, 1, 2] });
    expect(again.status).toBe(200);
    expect(again.body).toEqual(created.body);
    expect(error(await put("model-1", { a: [1] }))).toBe(
      '409 reference_exists: The reference "model-1" exists with other content. Use another id, or ?replace=true to overwrite it.',
    );
    const replaced = await put("model-1", { a: [1] }, "?replace=true");
    expect(replaced).toMatchObject({ status: 200, body: { rows: 1, columns: [{ name: "a", kind: "numeric" }] } });
    expect((await call("GET", "/references/model-1")).body).toEqual(replaced.body);
  });

  it("lists page by page and deletes", async () => {
    for (const id of ["list-a", "list-b", "list-c"]) await put(id, { a: [1] });
    const page = await call("GET", "/references?after=list-&limit=2");
    expect(page.body.references.map(({ id }: { id: string }) => id)).toEqual(["list-a", "list-b"]);
    expect(await call("DELETE", "/references/list-b")).toEqual({ status: 204, body: "" });
    const missing = '404 reference_not_found: There is no reference "list-b". PUT /references/list-b makes one.';
    expect(error(await call("DELETE", "/references/list-b"))).toBe(missing);
    expect(error(await call("GET", "/references/list-b"))).toBe(missing);
    expect(error(await detect({ reference_id: "list-b", columns: { a: [1] } }))).toBe(missing);
  });

  it("stores one of two references that are put at once", async () => {
    const answers = await Promise.all([1, 2, 3, 4].map((value) => put("race", { a: [value] })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it.each([
    ["a%20b", "a b"],
    ["-a", "-a"],
    ["a%2Fb", "a/b"],
    ["%00", "\u0000"],
  ])("refuses the id %s", async (path, id) => {
    expect(error(await put(path, { a: [1] }))).toBe(
      `400 invalid_reference_id: The reference id ${JSON.stringify(id)} is not allowed: 1 to 128 letters, digits, dots, dashes and underscores, the first a letter or digit.`,
    );
  });
});

describe("detection", () => {
  beforeAll(async () => {
    await put("mixed", { number: wave(300), word: words(300), rare: [...wave(4), ...new Array(296).fill(null)] });
  });

  it("finds drift, worst column first, in columns or rows alike", async () => {
    const columns = {
      number: wave(200, 40),
      word: words(200).map((w) => (w === "red" ? "black" : w)),
      rare: wave(200),
    };
    const { status, body } = await detect({ reference_id: "mixed", columns });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      reference_id: "mixed",
      drift_detected: true,
      drift_score: 1,
      drift_share_threshold: 0.5,
      drift_type: "covariate",
      reference_rows: 300,
      current_rows: 200,
    });
    expect(body.columns.word).toMatchObject({
      test: "chi_square_goodness_of_fit",
      statistic: Number.MAX_VALUE,
      p_value: 0,
      new_categories: ["black"],
      lost_categories: ["red"],
    });
    expect(body.columns.number).toMatchObject({
      kind: "numeric",
      test: "kolmogorov_smirnov",
      threshold: 0.05,
      drifted: true,
    });
    expect(body.columns.number.severity).toBeGreaterThan(1);
    expect(body.features_affected).toEqual(["word", "number"]);
    expect(body.not_tested).toEqual({
      rare: {
        reason: "not_enough_data",
        message: "4 values present in the reference and 200 in the window; at least 5 are needed in both.",
        reference_rows: 4,
        current_rows: 200,
        reference_missing: 296,
        current_missing: 0,
      },
    });
    const rows = sample(200, (i) => i).map((i) => ({
      number: columns.number[i],
      word: columns.word[i],
      rare: columns.rare[i],
    }));
    expect((await detect({ reference_id: "mixed", rows })).body).toEqual(body);
  });

  it("finds none in the reference itself, and counts nulls", async () => {
    const columns = { number: wave(300), word: [...words(299), null], rare: wave(300) };
    const { body } = await detect({ reference_id: "mixed", columns });
    expect(body).toMatchObject({ drift_detected: false, drift_score: 0, features_affected: [] });
    expect(body.columns.word).toMatchObject({ current_rows: 299, current_missing: 1, drifted: false });
    expect(body.columns.number).toMatchObject({ statistic: 0, p_value: 1, psi: 0, severity: 0 });
  });

  it("takes the share of drifted columns, tests and thresholds from the request", async () => {
    const columns = { number: wave(200, 40), word: words(200), rare: wave(200) };
    const request = {
      reference_id: "mixed",
      columns,
      drift_share: 0.6,
      tests: { number: { test: "psi", threshold: 1000 } },
    };
    const { body } = await detect(request);
    expect(body).toMatchObject({ drift_detected: false, drift_share_threshold: 0.6 });
    expect(body.columns.number).toMatchObject({ test: "psi", threshold: 1000, drifted: false });
    const half = await detect({ ...request, drift_share: 0.5, tests: {} });
    expect(half.body).toMatchObject({ drift_detected: true, drift_score: 0.5, features_affected: ["number"] });
  });

  it("says that there is not enough data rather than that there is no drift", async () => {
    const columns = { number: [1, 2, 3, 4], word: words(4), rare: wave(4) };
    const answer = await detect({ reference_id: "mixed", columns });
    expect(error(answer)).toBe(
      "422 not_enough_data: No column has at least 5 values present in both the reference (300 rows) and the window (4 rows), so nothing can be said about drift. Send a larger window.",
    );
    expect(Object.keys(answer.body.error.details.not_tested)).toEqual(["number", "word", "rare"]);
  });

  it("takes the reference with the request, and judges by the asked preset", async () => {
    const request = {
      reference: { columns: { a: wave(300), code: sample(300, (i) => i % 3) }, kinds: { code: "categorical" } },
      rows: sample(120, (i) => i).map((i) => ({ a: Math.sin(i * 12.9898) * 43.7 + 60, code: i % 3 })),
      preset: "size_aware",
      tests: "all",
    };
    const { status, body } = await detect(request);
    expect([status, body.reference_id, body.preset, body.features_affected]).toEqual([200, null, "size_aware", ["a"]]);
    expect(body.columns.code).toMatchObject({ kind: "categorical", test: "chi_square", drifted: false });
    expect(body.columns.a.tests.psi.drifted).toBe(true);
    expect(body.explanations[0]).toMatchObject({ feature: "a", share_of_drift: 1 });
    expect((await call("GET", "/metrics")).body).not.toContain('reference="null"');
  });

  it("refuses bodies that are no JSON, too large, of another type, or beyond a double", async () => {
    const infinite = '{"reference_id":"mixed","columns":{"number":[1e999],"word":["red"],"rare":[1]}}';
    expect(error(await detect(infinite))).toBe(
      '400 non_finite_number: Row 0 of column "number" is Infinity: only finite numbers can be compared; write null where the value is missing.',
    );
    expect(error(await detect("{"))).toContain("400 invalid_json: The request body is not valid JSON");
    expect(error(await detect(" ".repeat(200_001)))).toContain("413 body_too_large: The request body is larger than");
    const text = await fetch(`${url()}/detect-drift`, {
      method: "POST",
      headers: { "content-type": "text/csv" },
      body: "a,b",
    });
    expect([text.status, ((await text.json()) as { error: { code: string } }).error.code]).toEqual([
      415,
      "unsupported_media_type",
    ]);
  });
});

describe("around it", () => {
  it("documents every route, field and error", async () => {
    const { body } = await call("GET", "/openapi.json");
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining([
        "/references",
        "/references/{id}",
        "/detect-drift",
        "/performance",
        "/detectors/{id}",
        "/detectors/{id}/values",
        "/monitors",
        "/monitors/{id}",
        "/monitors/{id}/data",
        "/monitors/{id}/run",
        "/reports",
        "/reports/{id}",
      ]),
    );
    const { post } = body.paths["/detect-drift"];
    expect(Object.keys(post.responses)).toEqual(["200", "400", "404", "413", "422", "503"]);
    const request = post.requestBody.content["application/json"].schema.properties;
    expect(Object.keys(request)).toEqual([
      "reference_id",
      "reference",
      "columns",
      "rows",
      "preset",
      "drift_share",
      "minimum_rows",
      "minimum_effect",
      "correction",
      "roles",
      "schema",
      "tests",
      "event_time",
      "report",
    ]);
    const html = body.paths["/reports/{id}"].get.responses["200"].content;
    expect(Object.keys(html)).toEqual(["application/json", "text/html"]);
    expect(request.columns.additionalProperties.items.anyOf).toHaveLength(5);
    expect(Object.keys(post.responses["200"].content["application/json"].schema.properties)).toContain(
      "features_affected",
    );
    expect(Object.keys(body.paths["/references/{id}"])).toEqual(["put", "get", "delete"]);
  });

  it("tells its last verdicts to Prometheus until the reference is deleted", async () => {
    await put("metered", { a: wave(50) });
    await detect({ reference_id: "metered", columns: { a: wave(50, 500) } });
    const metrics = async () => (await call("GET", "/metrics")).body as string;
    expect(await metrics()).toContain('drift_score{reference="metered"} 1');
    expect(await metrics()).toContain('feature_drift_score{reference="metered",feature="a"} 1');
    await call("DELETE", "/references/metered");
    expect(await metrics()).not.toContain("metered");
  });
});
