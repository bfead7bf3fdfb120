import type { Registry } from "prom-client";

export const OPENMETRICS_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

type Labels = Readonly<Record<string, string | number>>;

/** A metric as prom-client's registry gives it, with the exemplar that our histograms add. */
interface Family {
  readonly name: string;
  readonly help: string;
  /** prom-client's types name counters, gauges, histograms and summaries. */
  readonly type: unknown;
  readonly values: readonly {
    readonly value: number;
    readonly labels: Labels;
    readonly metricName?: string;
    /** Null in prom-client's own histograms. */
    readonly exemplar?: { readonly labels: Labels; readonly value: number; readonly timestamp: number } | null;
  }[];
}

/**
 * All metrics of some registries in the OpenMetrics text format 1.0, which, unlike Prometheus's own, has exemplars. A
 * metric of the same name in several registries becomes one, with the labels that tell their values apart.
 */
export async function openMetricsText(registries: readonly Registry[]): Promise<string> {
  const families = new Map<string, Family[]>();
  for (const registry of registries) {
    for (const metric of (await registry.getMetricsAsJSON()) as unknown as Family[]) {
      families.set(metric.name, [...(families.get(metric.name) ?? []), metric]);
    }
  }
  return `${[...families.values()].flatMap(linesOf).join("\n")}\n# EOF\n`;
}

function linesOf(parts: readonly Family[]): string[] {
  const [first] = parts;
  if (first === undefined) return [];
  // The format wants counters to end in _total; those that are named otherwise, after Triton's, keep their name so.
  const total = first.type === "counter" && first.name.endsWith("_total");
  const name = total ? first.name.slice(0, -"_total".length) : first.name;
  const type = first.type === "counter" && !total ? "unknown" : String(first.type);
  const samples = parts.flatMap(({ name: given, values }) =>
    values.map(({ metricName = given, labels, value, exemplar }) => {
      const sample = `${metricName}${labelText(labels)} ${numberText(value)}`;
      if (!exemplar) return sample;
      return `${sample} # ${labelText(exemplar.labels) || "{}"} ${numberText(exemplar.value)} ${exemplar.timestamp}`;
    }),
  );
  return [`# HELP ${name} ${escaped(first.help)}`, `# TYPE ${name} ${type}`, ...samples];
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(String(value))}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return Number.isFinite(value) ? String(value) : value > 0 ? "+Inf" : "-Inf";
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
}
