import fc from "fast-check";
import { chooseVariant } from "../../../../services/serving/traffic/chooseVariant";

const choose = (weightPercent: number, stickyKey?: string, asked?: string, salt = "toy 1 2") =>
  chooseVariant({ weightPercent, stickyKey, asked, salt, random: () => 0.5 });
const weight = fc.double({ min: 0, max: 100, noNaN: true });

describe("the choice of a variant", () => {
  it("is the caller's, if it asks", () => {
    for (const asked of ["always", "true"]) {
      expect(choose(0, "key", asked)).toEqual({ variant: "canary", assigned: false });
    }
    for (const asked of ["never", "false"]) {
      expect(choose(100, "key", asked)).toEqual({ variant: "stable", assigned: false });
    }
    expect(choose(100, undefined, "perhaps")).toEqual({ variant: "canary", assigned: true });
  });

  it("is chance's without a key", () => {
    expect(choose(50)).toEqual({ variant: "stable", assigned: true });
    expect(choose(50.1)).toEqual({ variant: "canary", assigned: true });
    expect(choose(50.1, "")).toEqual({ variant: "canary", assigned: true });
  });

  it("is the key's, and a growing canary takes none back", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), weight, weight, (key, one, other) => {
        const [less, more] = [choose(Math.min(one, other), key), choose(Math.max(one, other), key)];
        if (less.variant === "canary") expect(more.variant).toBe("canary");
        expect(choose(0, key).variant).toBe("stable");
        expect(choose(100, key).variant).toBe("canary");
      }),
    );
  });

  it("gives each variant its share of the keys, another share in another experiment", () => {
    const keys = Array.from({ length: 10_000 }, (_, index) => `user-${index}`);
    const canaries = (salt: string) => keys.filter((key) => choose(20, key, undefined, salt).variant === "canary");
    const [one, other] = [canaries("toy 1 2"), canaries("toy 2 3")];
    // 20 % of 10,000 has a standard deviation of 40; of both 4 % of them, of 20.
    expect(Math.abs(one.length - 2000)).toBeLessThan(200);
    expect(Math.abs(one.filter((key) => other.includes(key)).length - 400)).toBeLessThan(100);
  });
});
