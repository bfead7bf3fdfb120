import type { LogisticRegression } from "./logisticRegression";
import { ElementType, encodeOnnx } from "./onnxProto";

/** File format and operator set of the models written here: old enough for every runtime of the last years. */
export const ONNX_IR_VERSION = 8;
export const ONNX_OPSET = 17;

/**
 * The classifier as an ONNX model. Input `features` FP32 [batch, n] takes raw values, since standardisation is part of
 * the graph; outputs `label` INT64 [batch] and `probabilities` FP32 [batch, 2].
 *
 * The two columns' logits are -z/2 and z/2, so that softmax over them is sigmoid(z); no operator is needed beyond
 * Sub, Div, Gemm, Softmax and ArgMax.
 */
export function encodeClassifier({ features, means, scales, weights, intercept }: LogisticRegression): Uint8Array {
  const count = features.length;
  return encodeOnnx({
    irVersion: ONNX_IR_VERSION,
    opset: ONNX_OPSET,
    description: "Logistic regression on standardised features.",
    graph: {
      name: "logistic_regression",
      inputs: [{ name: "features", elementType: ElementType.float, shape: ["batch", count] }],
      outputs: [
        { name: "label", elementType: ElementType.int64, shape: ["batch"] },
        { name: "probabilities", elementType: ElementType.float, shape: ["batch", 2] },
      ],
      constants: [
        { name: "means", shape: [count], values: means },
        { name: "scales", shape: [count], values: scales },
        { name: "weights", shape: [count, 2], values: weights.flatMap((weight) => [-weight / 2, weight / 2]) },
        { name: "intercepts", shape: [2], values: [-intercept / 2, intercept / 2] },
      ],
      nodes: [
        { operator: "Sub", inputs: ["features", "means"], output: "centred" },
        { operator: "Div", inputs: ["centred", "scales"], output: "standardised" },
        { operator: "Gemm", inputs: ["standardised", "weights", "intercepts"], output: "logits" },
        { operator: "Softmax", inputs: ["logits"], output: "probabilities", integers: { axis: 1 } },
        { operator: "ArgMax", inputs: ["probabilities"], output: "label", integers: { axis: 1, keepdims: 0 } },
      ],
    },
  });
}
