import { ModelStatistics } from "../../../services/serving/modelStatistics";

const batch = { requests: 2, rows: 3, queueMs: 1, inputMs: 0.25, inferMs: 2, outputMs: 0.5 };

describe("ModelStatistics", () => {
  it("counts times once a request and once a batch", () => {
    const statistics = new ModelStatistics();
    statistics.batch(batch);
    statistics.batch({ ...batch, inferMs: 4 });
    statistics.batch({ ...batch, requests: 1, rows: 1 });
    statistics.succeeded(5);
    statistics.failed(7);
    expect(statistics.report({ name: "m", version: "2" })).toEqual({
      name: "m",
      version: "2",
      last_inference: expect.any(Number),
      inference_count: 7,
      execution_count: 3,
      inference_stats: {
        success: { count: 1, ns: 5_000_000 },
        fail: { count: 1, ns: 7_000_000 },
        queue: { count: 5, ns: 3_000_000 },
        compute_input: { count: 5, ns: 1_250_000 },
        compute_infer: { count: 5, ns: 14_000_000 },
        compute_output: { count: 5, ns: 2_500_000 },
        cache_hit: { count: 0, ns: 0 },
        cache_miss: { count: 0, ns: 0 },
      },
      batch_stats: [
        {
          batch_size: 1,
          compute_input: { count: 1, ns: 250_000 },
          compute_infer: { count: 1, ns: 2_000_000 },
          compute_output: { count: 1, ns: 500_000 },
        },
        {
          batch_size: 3,
          compute_input: { count: 2, ns: 500_000 },
          compute_infer: { count: 2, ns: 6_000_000 },
          compute_output: { count: 2, ns: 1_000_000 },
        },
      ],
    });
  });

  it("tells no more than 1024 sizes apart, and counts on", () => {
    const statistics = new ModelStatistics();
    for (let rows = 1; rows <= 3000; rows++) statistics.batch({ ...batch, rows });
    const { batch_stats, execution_count } = statistics.report({ name: "m", version: "1" });
    expect([batch_stats.length, execution_count]).toEqual([1024, 3000]);
  });
});
