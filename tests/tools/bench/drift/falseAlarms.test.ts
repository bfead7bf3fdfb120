import { PRESET_NAMES } from "../../../../services/drift/presets";
import { falseAlarmRate, NOMINAL_LEVEL } from "../../../../tools/bench/drift/falseAlarms";

describe("false alarms without drift", () => {
  // So many runs tell a rate of 5% from one that is plainly wrong; `npm run bench -- false-alarms` makes 1,000.
  it.each(PRESET_NAMES)("%s stays within its nominal level", async (preset) => {
    const runs = preset === "ensemble" ? 15 : 60;
    const rate = await falseAlarmRate(preset, [200, 60], runs);
    expect(rate.low).toBeLessThanOrEqual(NOMINAL_LEVEL);
    expect(rate.runs).toBe(runs);
  });

  it("shows why Evidently's distances do not suit small windows, and that size_aware does", async () => {
    const [evidently, aware] = [
      await falseAlarmRate("evidently", [1200, 60], 25),
      await falseAlarmRate("size_aware", [1200, 60], 25),
    ];
    expect(evidently.columns).toBeGreaterThan(0.3);
    expect(aware.columns).toBeLessThan(0.05);
  });
});
