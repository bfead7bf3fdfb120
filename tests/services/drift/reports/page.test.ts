import { describeWithBrowser } from "../../../support/browser";
import { driftFixture } from "../../../support/driftService";
import { normalValues, repeated } from "../../../support/driftTables";

const NASTY = '<img src=x onerror="document.title=1">';

describeWithBrowser("a report in a browser", (browser) => {
  const { call, url } = driftFixture();
  let id: string;
  beforeAll(async () => {
    const colours = (rows: number, last: string) => repeated(rows, "red", "green", last);
    const columns = (rows: number, shift: number, last: string) => ({
      steady: normalValues(rows),
      price: normalValues(rows, shift),
      [NASTY]: colours(rows, last),
    });
    await call("PUT", "/references/shop", { columns: columns(400, 0, "blue") });
    for (const shift of [0, 0, 3]) {
      const last = shift > 0 ? "<b>black</b>" : "blue";
      const request = { reference_id: "shop", columns: columns(200, shift, last), report: true };
      id = (await call("POST", "/detect-drift", request)).body.report_id;
    }
  });

  it("shows verdict, worst column first, overlaid distributions and drift over time, and loads nothing", async () => {
    const page = await browser().newPage();
    const requests: string[] = [];
    const problems: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto(`${url()}/reports/${id}`);
    expect(await page.title()).toBe("Drift report: reference shop");
    expect(await page.textContent("#verdict")).toContain("Drift found: covariate");
    expect(await page.textContent("#recommendation")).toContain("2 of 3 tested columns drifted");
    const rows = await page.$$eval("#columns tbody tr", (found) =>
      found.map((row) => [...row.querySelectorAll("td")].slice(0, 2).map((cell) => cell.textContent)),
    );
    expect(rows.map(([, verdict]) => verdict)).toEqual(["drift", "drift", "no drift"]);
    expect(
      rows
        .map(([name]) => name)
        .slice(0, 2)
        .sort(),
    ).toEqual([NASTY, "price"]);
    expect(rows[2]?.[0]).toBe("steady");
    expect(await page.locator("figure svg").count()).toBe(3);
    const price = page.locator("figure", { hasText: "price" });
    expect(await price.locator("rect.reference").count()).toBe(20);
    expect(await price.locator("rect.window").count()).toBe(20);
    expect((await price.locator("svg").boundingBox())?.height).toBeGreaterThan(50);
    expect(await page.locator('svg[aria-label="Drift over time"] circle').count()).toBe(3);
    expect(await page.locator('svg[aria-label="Drift over time"] circle.drift').count()).toBe(1);
    expect(await page.locator("img").count()).toBe(0);
    expect(requests.filter((address) => !address.endsWith("/favicon.ico"))).toEqual([`${url()}/reports/${id}`]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("is the same report as JSON", async () => {
    const { body } = await call("GET", `/reports/${id}`);
    expect(body).toMatchObject({ id, monitor_id: null, report: { reference_id: "shop", drift_detected: true } });
    expect(body.history.map(({ drift_detected }: { drift_detected: boolean }) => drift_detected)).toEqual([
      false,
      false,
      true,
    ]);
    expect(body.distributions).toHaveLength(3);
    const shares = body.distributions.map(({ reference }: { reference: number[] }) =>
      reference.reduce((a, b) => a + b, 0),
    );
    for (const share of shares) expect(share).toBeCloseTo(1, 9);
    const html = await fetch(`${url()}/reports/${id}?format=html`);
    expect(html.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await html.text()).not.toMatch(/<script|<link|https?:|url\(/);
    const json = await fetch(`${url()}/reports/${id}?format=json`, { headers: { accept: "text/html" } });
    expect(((await json.json()) as { id: string }).id).toBe(id);
  });

  it("is refused by exact texts, and deleted", async () => {
    expect((await call("GET", `/reports/${id}?format=pdf`)).body.error.message).toBe(
      'The request is wrong. query.format: Invalid option: expected one of "json"|"html".',
    );
    expect((await call("DELETE", `/reports/${id}`)).status).toBe(204);
    for (const method of ["GET", "DELETE"]) {
      expect((await call(method, `/reports/${id}`)).body.error).toEqual({
        code: "report_not_found",
        message: `There is no report "${id}". Monitors make them, and POST /detect-drift with report: true.`,
      });
    }
  });
});
