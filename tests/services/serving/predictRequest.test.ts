import fc from "fast-check";
import { ServiceError } from "../../../services/runtime/errors";
import { predictParser } from "../../../services/serving/predictRequest";
import { featureNames } from "../../support/onnxModels";

const NAMES = featureNames(4);
const parse = predictParser(NAMES);

/** Fails unless the text is parsed or refused with a stable code; anything else would be a 500. */
function parsesOrRefuses(text: string): void {
  try {
    expect(parse(text).features).toHaveLength(NAMES.length);
  } catch (error) {
    expect(error).toBeInstanceOf(ServiceError);
    expect((error as ServiceError).status).toBe(400);
    expect((error as ServiceError).message.length).toBeLessThan(600);
  }
}

describe("predictParser", () => {
  it("puts named features into the model's order", () => {
    const number = fc.float({ noNaN: true, noDefaultInfinity: true });
    const request = fc.record({
      values: fc.array(number, { minLength: 4, maxLength: 4 }),
      order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
    });
    fc.assert(
      fc.property(request, ({ values, order }) => {
        const features = order.map((index) => values[index]);
        const feature_names = order.map((index) => NAMES[index]);
        const expected = JSON.parse(JSON.stringify(values));
        expect(parse(JSON.stringify({ features, feature_names })).features).toEqual(expected);
        expect(parse(JSON.stringify({ features: values })).features).toEqual(expected);
      }),
    );
  });

  it("takes the greatest numbers that FP32 holds, zeros of both signs and what is too small for FP32", () => {
    const text = '{"features":[3.4028234663852886e38,-3.4028234663852886e38,-0,1e-320]}';
    expect(parse(text).features).toEqual([3.4028234663852886e38, -3.4028234663852886e38, -0, 1e-320]);
  });

  it("parses or refuses any JSON, never fails", () => {
    const key = fc.constantFrom("features", "feature_names", "request_id", "__proto__", "toString", "x");
    const name = fc.constantFrom(...NAMES, "__proto__", "hasOwnProperty", "");
    const list = fc.array(fc.oneof(fc.double(), name, fc.jsonValue({ maxDepth: 2 })), { maxLength: 6 });
    const body = fc.dictionary(key, fc.oneof(list, fc.jsonValue()), { maxKeys: 4 });
    fc.assert(
      fc.property(fc.oneof(body, fc.jsonValue()), (value) => parsesOrRefuses(JSON.stringify(value))),
      { numRuns: 1000 },
    );
  });

  it("parses or refuses any text, never fails", () => {
    const sound = '{"features":[1,2,3,4],"feature_names":["f0","f1","f2","f3"],"request_id":"a"}';
    const mutated = fc.tuple(fc.nat(sound.length), fc.nat(4), fc.string({ maxLength: 4 })).map(([at, drop, add]) => {
      return sound.slice(0, at) + add + sound.slice(at + drop);
    });
    fc.assert(fc.property(fc.oneof(mutated, fc.string({ unit: "binary" })), parsesOrRefuses), { numRuns: 2000 });
  });
});
