import { CHARTS, type ChartSource } from "../../../components/kubernetes/charts";

const charts: [string, ChartSource][] = Object.entries(CHARTS);

test.each(charts)("%s comes from a named repository over TLS, at exactly one version", (_name, { repo, version }) => {
  expect(repo).toMatch(/^(?:https|oci):\/\/[a-z0-9.-]+\/?[a-z0-9/.-]*$/);
  expect(version).toMatch(/^v?\d+\.\d+\.\d+$/);
});

test("no chart is listed twice, so that there is one version of each", () => {
  const places = charts.map(([, { repo, chart }]) => `${repo} ${chart}`);
  expect(new Set(places).size).toBe(places.length);
});

test("releases have names of their own", () => {
  const names = charts.map(([, { chart, release }]) => release ?? chart);
  expect(new Set(names).size).toBe(names.length);
});
