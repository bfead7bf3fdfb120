import type * as lezerPromQl from "@prometheus-io/lezer-promql" with { "resolution-mode": "import" };

// The package has a CommonJS build, but its types say that it has none.
const { parser }: typeof lezerPromQl = require("@prometheus-io/lezer-promql");

/** An expression as Prometheus gets it from Grafana: with values for the interval and the dashboard's variables. */
export function filledIn(expr: string): string {
  return expr
    .replaceAll("$__rate_interval", "5m")
    .replace(/"\$\w+"/g, '".*"')
    .replace(/\$\w+/g, "1");
}

/**
 * Names of the series that an expression reads, with Grafana's variables filled in.
 * @throws {Error} with the place when it is not PromQL.
 */
export function seriesOf(expr: string): string[] {
  const text = filledIn(expr);
  const names = new Set<string>();
  parser.parse(text).iterate({
    enter(node) {
      const { from, to } = node;
      if (node.type.isError) throw new Error(`Not PromQL at ${from}: ${text.slice(0, from)} >>> ${text.slice(from)}`);
      if (node.name === "Identifier" && node.matchContext(["VectorSelector"])) names.add(text.slice(from, to));
    },
  });
  return [...names];
}
