import { ADAPTER_RULES } from "../../../../components/kubernetes/monitoring/adapterRules";
import { SCALING_METRICS } from "../../../../components/kubernetes/scalingMetrics";
import { servingService } from "../../../../services/serving/service";
import { seriesOf } from "./promQl";

test("every signal that autoscalers may follow is offered by its name", () => {
  expect(ADAPTER_RULES.map(({ name }) => name.as)).toEqual(Object.values(SCALING_METRICS));
});

test.each(ADAPTER_RULES)("$name.as is PromQL on a metric of the model server, by pod", (rule) => {
  const { seriesQuery, metricsQuery } = rule;
  const [series = ""] = seriesOf(seriesQuery);
  expect(servingService.metrics?.names).toContain(series.replace(/_bucket$/, ""));
  const query = metricsQuery
    .replaceAll("<<.Series>>", series)
    .replaceAll("<<.LabelMatchers>>", 'namespace="ml-platform", pod="serving-1"')
    .replaceAll("<<.GroupBy>>", "pod");
  expect(seriesOf(query)).toEqual([series]);
});
