import type { ColumnReport, DriftReport, Explanation } from "../reportSchema";
import { distributionChart, historyChart } from "./charts";
import { escaped, figure, percentage } from "./markup";
import type { HistoryPoint, StoredReport } from "./reportStore";

const STYLE = `
:root{color-scheme:light dark;--reference:#5b8def;--window:#e8743b;--bad:#c62828;--good:#2e7d32}
body{font:15px/1.5 system-ui,sans-serif;max-width:1100px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #8884}
td.number{text-align:right;font-variant-numeric:tabular-nums}
.verdict{font-size:1.15rem;font-weight:600}.drifted{color:var(--bad)}.calm-text{color:var(--good)}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(320px,1fr));gap:1rem}
figure{margin:0;border:1px solid #8884;border-radius:6px;padding:.6rem}figcaption{font-weight:600}
svg{width:100%;height:auto}svg text{font-size:10px;fill:currentColor}
rect.reference{fill:var(--reference);opacity:.55}rect.window{fill:var(--window);opacity:.55}
.axis{stroke:#8888}.limit{stroke:var(--bad);stroke-dasharray:4 4}polyline{fill:none;stroke:#8888}
circle.calm{fill:#fff;stroke:var(--good);stroke-width:2}circle.drift{fill:var(--bad)}
.key i{display:inline-block;width:.9em;height:.9em;margin:0 .3em 0 1em;opacity:.7}.scroll{overflow-x:auto}
`;

/**
 * A report as one HTML page that needs nothing else: styles and drawings are in it, it runs no script, and its policy
 * lets it load nothing.
 */
export function reportPage(
  { id, createdAt, monitorId, report, distributions }: StoredReport,
  history: readonly HistoryPoint[],
): string {
  const of = report.reference_id === null ? "a reference sent along" : `reference ${report.reference_id}`;
  const title = `Drift report: ${of}`;
  const made = `${createdAt.toISOString()}${monitorId === null ? "" : `, monitor ${monitorId}`}, report ${id}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body>
<h1>${escaped(title)}</h1><p>${escaped(made)}</p>
${summary(report)}
<h2>Columns, worst first</h2><div class="scroll">${columnTable(report)}</div>
<h2>Distributions</h2>
<p class="key">Shares of values:<i style="background:var(--reference)"></i>reference<i style="background:var(--window)"></i>window</p>
<div class="charts">${distributions.map((one) => `<figure><figcaption>${escaped(one.name)}</figcaption>${distributionChart(one)}</figure>`).join("")}</div>
${history.length > 0 ? `<h2>Drift over time</h2>${historyChart(history, report.drift_share_threshold)}` : ""}
${explanations(report.explanations)}
${quality(report)}
<h2>What to know</h2><ul>${[report.correction.note, ...report.notes].map((note) => `<li>${escaped(note)}</li>`).join("")}</ul>
</body></html>
`;
}

function summary(report: DriftReport): string {
  const { drift_detected: found, drift_score, drift_share_threshold: limit, severity } = report;
  const verdict = found
    ? `<span class="drifted">Drift found: ${escaped(report.drift_types.join(", "))}, severity ${severity}</span>`
    : `<span class="calm-text">No drift found${report.drift_types.includes("quality") ? ", but the data is unsound" : ""}</span>`;
  const rule = report.ensemble ? "vote" : "share of drifted columns";
  return `<p class="verdict" id="verdict">${verdict}</p>
<p id="recommendation">${escaped(report.recommendation.reason)}</p>
<p>Drift score ${figure(drift_score)} (${rule}; drift ${report.ensemble ? "above" : "from"} ${figure(limit)}), preset ${escaped(report.preset)}, ${report.reference_rows} reference rows, ${report.current_rows} rows in the window.</p>`;
}

/** Drifted columns in the order of the report, then the others by severity, then those not tested. */
function columnTable({ columns, features_affected: affected, not_tested: untested }: DriftReport): string {
  const rest = Object.entries(columns)
    .filter(([name]) => !affected.includes(name))
    .sort(([, a], [, b]) => b.severity - a.severity);
  const order = [...affected, ...rest.map(([name]) => name)];
  const rows = order.map((name) => columnRow(name, columns[name]));
  const missing = Object.entries(untested).map(
    ([name, { message }]) =>
      `<tr><td>${escaped(name)}</td><td>not enough data</td><td colspan="6">${escaped(message)}</td></tr>`,
  );
  return `<table id="columns"><thead><tr><th>Column</th><th>Verdict</th><th>Test</th><th>Statistic</th><th>p-value</th><th>Threshold</th><th>Effect</th><th>PSI</th></tr></thead><tbody>${rows.join("")}${missing.join("")}</tbody></table>`;
}

function columnRow(name: string, column: ColumnReport | undefined): string {
  if (!column) return "";
  const corrected = column.p_value_corrected === undefined ? "" : `, corrected ${figure(column.p_value_corrected)}`;
  const p = column.p_value === undefined ? "" : figure(column.p_value) + corrected;
  const cells = [figure(column.statistic), p, figure(column.threshold)];
  const verdict = column.drifted ? '<td class="drifted">drift</td>' : '<td class="calm-text">no drift</td>';
  return `<tr><td>${escaped(name)}</td>${verdict}<td>${escaped(column.test)}</td>${cells.map((cell) => `<td class="number">${cell}</td>`).join("")}<td>${column.effect.size} (${figure(column.effect.value)})</td><td class="number">${column.psi === undefined ? "" : figure(column.psi)}</td></tr>`;
}

function explanations(found: readonly Explanation[]): string {
  if (found.length === 0) return "";
  const items = found.map(({ feature, values, segments }) => {
    const moved = values.map(({ value, from, to, reference_share, current_share }) => {
      const what =
        value ??
        `${from === undefined ? "below" : figure(from)}${from !== undefined && to !== undefined ? " to " : " "}${to === undefined ? "and above" : figure(to)}`;
      return `<li>${escaped(what)}: ${percentage(reference_share)} before, ${percentage(current_share)} now</li>`;
    });
    const where = segments.map(
      ({ column, value, psi }) =>
        `<li>most among rows with ${escaped(`${column} = ${value}`)} (PSI ${figure(psi)})</li>`,
    );
    return `<h3>${escaped(feature)}</h3><ul>${moved.join("")}${where.join("")}</ul>`;
  });
  return `<h2>What moved most</h2>${items.join("")}`;
}

function quality({ quality: { passed, problems } }: DriftReport): string {
  if (problems.length === 0) return "<h2>Data quality</h2><p>Nothing unsound was found.</p>";
  const items = problems.map(({ level, message }) => `<li><b>${level}</b>: ${escaped(message)}</li>`);
  return `<h2>Data quality</h2><p>${passed ? "Passed, with warnings:" : "Not passed:"}</p><ul id="quality">${items.join("")}</ul>`;
}
