import { ALARM_RULES, type AlarmRule, type Watched } from "./alarmRules";

/** Columns of a mosaic dashboard, and the size of a chart in them. */
const [COLUMNS, WIDTH, HEIGHT] = [12, 6, 4];

/**
 * The stack's dashboard as the JSON that Cloud Monitoring takes: one chart for each alarm, with its threshold drawn in,
 * so that whoever is woken sees at once how far beyond it is.
 */
export function dashboard(stack: string, watched: Watched): string {
  const rules = Object.values(ALARM_RULES).flatMap((describe) => describe(watched) ?? []);
  const perRow = COLUMNS / WIDTH;
  return JSON.stringify({
    displayName: `tideline ${stack}`,
    mosaicLayout: {
      columns: COLUMNS,
      tiles: rules.map((rule, index) => ({
        xPos: (index % perRow) * WIDTH,
        yPos: Math.floor(index / perRow) * HEIGHT,
        width: WIDTH,
        height: HEIGHT,
        widget: chart(rule),
      })),
    },
  });
}

function chart({ title, filter, aligner, threshold }: AlarmRule) {
  const aggregation = { alignmentPeriod: "60s", perSeriesAligner: aligner };
  return {
    title,
    xyChart: {
      dataSets: [{ plotType: "LINE", timeSeriesQuery: { timeSeriesFilter: { filter, aggregation } } }],
      thresholds: [{ value: threshold }],
    },
  };
}
