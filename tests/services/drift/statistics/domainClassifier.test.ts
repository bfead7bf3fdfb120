import { domainClassifier, wordsOf } from "../../../../services/drift/statistics/domainClassifier";
import { SeededRandom } from "../../../../services/drift/statistics/seededRandom";

const WORDS = "the fast service answered late again and my order was wrong but they paid back at once".split(" ");
const texts = (count: number, seed: number, extra: string[] = []) => {
  const random = new SeededRandom(seed);
  const pool = [...WORDS, ...extra];
  return Array.from({ length: count }, () =>
    Array.from({ length: 8 }, () => pool[random.index(pool.length)]).join(" "),
  );
};

describe("domainClassifier", () => {
  it("tells texts with new words from the old, and says how surely", () => {
    const { area, low, pValue } = domainClassifier(texts(100, 1), texts(80, 2, ["refund", "courier", "voucher"]));
    expect(area).toBeGreaterThan(0.75);
    expect(low).toBeGreaterThan(0.6);
    expect(pValue).toBeLessThan(1e-4);
  });

  it("errs at its level on texts that are alike", () => {
    let alarms = 0;
    for (let seed = 0; seed < 200; seed++) {
      if (domainClassifier(texts(40, 2 * seed), texts(30, 2 * seed + 1), seed).pValue < 0.05) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(20);
  });

  it("reads words of any script, and refuses too few texts", () => {
    expect(wordsOf("Grüße, дом 42!")).toEqual(["grüße", "дом", "42"]);
    expect(() => domainClassifier(texts(9, 1), texts(50, 2))).toThrow(
      "9 reference and 50 current texts: at least 10 of each are needed",
    );
  });
});
