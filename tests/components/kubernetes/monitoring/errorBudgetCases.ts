import { type FiringAlert, latencyBuckets, type RuleCase, requestCounts } from "./ruleCase";

const burn = (
  severity: string,
  slo: string,
  window: string,
  factor: string,
  days: string,
  rest: string,
): FiringAlert => ({
  labels: { severity, slo, window, model: "toy" },
  summary: `toy uses up its error budget for ${slo} in ${days} days`,
  description: `Over ${window}, ${rest} At ${factor} times the allowed rate it lasts ${days} days.`,
});
const failed = (share: string) => `${share} of the requests failed or were turned away; the budget of 30 days is 0.1%.`;
const SLOW = "5% of the requests took longer than half a second; the budget of 30 days is 1%.";

/** Cases of the alert on error budgets. The silent ones are just inside the limits. */
export const ERROR_BUDGET_CASES: readonly RuleCase[] = [
  {
    alert: "ErrorBudgetBurn",
    says: "2% of the requests fail",
    series: requestCounts(49, 1),
    at: "60m",
    fires: [
      burn("critical", "availability", "1h", "14.4", "2.1", failed("2%")),
      burn("critical", "availability", "6h", "6", "5", failed("2%")),
      burn("warning", "availability", "1d", "3", "10", failed("2%")),
      burn("warning", "availability", "3d", "1", "30", failed("2%")),
    ],
  },
  {
    alert: "ErrorBudgetBurn",
    says: "5% of the requests are slow",
    series: latencyBuckets(57, 3),
    at: "60m",
    fires: [burn("warning", "latency", "1d", "3", "10", SLOW), burn("warning", "latency", "3d", "1", "30", SLOW)],
  },
  {
    alert: "ErrorBudgetBurn",
    says: "a fault is over for half an hour, so nobody is woken any more",
    series: {
      'model_predictions_total{model="toy",version="1",status="failed"}': "0+6x30 180x170",
      'model_predictions_total{model="toy",version="1",status="success"}': "0+600x200",
    },
    at: "65m",
    fires: [
      burn("warning", "availability", "1d", "3", "10", failed("0.4594%")),
      burn("warning", "availability", "3d", "1", "30", failed("0.4594%")),
    ],
  },
  {
    alert: "ErrorBudgetBurn",
    says: "as many fail as the budget allows",
    series: requestCounts(999, 1),
    at: "60m",
    fires: [],
  },
];
