import type { ColumnDistribution } from "./distributions";
import { escaped, figure, percentage } from "./markup";
import type { HistoryPoint } from "./reportStore";

const WIDTH = 320;
const HEIGHT = 120;
const BASE = HEIGHT - 18;

/** Both samples of a column as overlaid bars, with what each bar says as its title. */
export function distributionChart({ name, kind, bars, reference, current }: ColumnDistribution): string {
  const count = reference.length;
  const tallest = Math.max(...reference, ...current, Number.MIN_VALUE);
  const width = WIDTH / Math.max(1, count);
  const drawn = reference.map((share, i) => {
    const now = current[i] ?? 0;
    const label =
      kind === "numeric" ? `${figure(Number(bars[i]))} to ${figure(Number(bars[i + 1]))}` : String(bars[i] ?? "");
    const title = `${label}: reference ${percentage(share)}, window ${percentage(now)}`;
    return `<g><title>${escaped(title)}</title>${bar("reference", i * width, width, share / tallest)}${bar("window", i * width, width, now / tallest)}</g>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(`Distributions of ${name}`)}">${drawn.join("")}${axis(bars, kind)}</svg>`;
}

function bar(side: "reference" | "window", x: number, width: number, share: number): string {
  const height = share * (BASE - 4);
  return `<rect class="${side}" x="${(x + 0.5).toFixed(1)}" y="${(BASE - height).toFixed(1)}" width="${Math.max(1, width - 1).toFixed(1)}" height="${height.toFixed(1)}"/>`;
}

function axis(bars: readonly (string | number)[], kind: "numeric" | "categorical"): string {
  const line = `<line class="axis" x1="0" y1="${BASE}" x2="${WIDTH}" y2="${BASE}"/>`;
  if (kind === "numeric") {
    const ends = [bars[0], bars[bars.length - 1]].map((value) => escaped(figure(Number(value ?? 0))));
    return `${line}<text x="0" y="${HEIGHT - 4}">${ends[0]}</text><text x="${WIDTH}" y="${HEIGHT - 4}" text-anchor="end">${ends[1]}</text>`;
  }
  const width = WIDTH / Math.max(1, bars.length);
  const room = Math.max(2, Math.floor(width / 6));
  const labels = bars.map((value, i) => {
    const text = String(value);
    const shown = text.length > room ? `${text.slice(0, room - 1)}…` : text;
    return `<text x="${((i + 0.5) * width).toFixed(1)}" y="${HEIGHT - 4}" text-anchor="middle">${escaped(shown)}</text>`;
  });
  return line + labels.join("");
}

/** Drift scores over time, found drift as filled points, with the limit as a line. */
export function historyChart(points: readonly HistoryPoint[], limit: number): string {
  const [width, base] = [680, 120];
  const first = points[0]?.createdAt.getTime() ?? 0;
  const span = Math.max(1, (points[points.length - 1]?.createdAt.getTime() ?? 0) - first);
  const places = points.map((point) => ({
    point,
    x: points.length === 1 ? width / 2 : 8 + ((point.createdAt.getTime() - first) / span) * (width - 16),
    y: base - point.score * (base - 10),
  }));
  const path = places.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  const dots = places.map(({ point, x, y }) => {
    const title = `${point.createdAt.toISOString()}: ${figure(point.score)}${point.detected ? ", drift" : ""}`;
    return `<circle class="${point.detected ? "drift" : "calm"}" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4"><title>${escaped(title)}</title></circle>`;
  });
  const level = (base - limit * (base - 10)).toFixed(1);
  return `<svg viewBox="0 0 ${width} ${base + 10}" role="img" aria-label="Drift over time"><line class="limit" x1="0" y1="${level}" x2="${width}" y2="${level}"><title>${escaped(`Drift from ${figure(limit)}`)}</title></line><line class="axis" x1="0" y1="${base}" x2="${width}" y2="${base}"/><polyline points="${path}"/>${dots.join("")}</svg>`;
}
