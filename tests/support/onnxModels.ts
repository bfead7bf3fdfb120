import { type ModelCard, type ModelPackage, sha256, writeModelPackage } from "../../services/runtime/modelPackage";
import { openObjectStore } from "../../services/runtime/objectStore";
import { ElementType, encodeOnnx, type OnnxGraph } from "../../services/training/onnxProto";

function encode(graph: OnnxGraph): Uint8Array {
  return encodeOnnx({ graph, irVersion: 8, opset: 17, description: "A model of the tests." });
}

/** Names `f0` to `f<count - 1>`. */
export function featureNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `f${index}`);
}

/** Softmax over two linear scores of `width` features; outputs `label` and `probabilities`. */
export function classifierModel(width: number): Uint8Array {
  const weights = Array.from({ length: width * 2 }, (_, index) => Math.sin(index + 1) * 2);
  return encode({
    name: "classifier",
    inputs: [{ name: "features", elementType: ElementType.float, shape: ["batch", width] }],
    outputs: [
      { name: "label", elementType: ElementType.int64, shape: ["batch"] },
      { name: "probabilities", elementType: ElementType.float, shape: ["batch", 2] },
    ],
    constants: [
      { name: "weights", shape: [width, 2], values: weights },
      { name: "intercepts", shape: [2], values: [0.1, -0.1] },
    ],
    nodes: [
      { operator: "Gemm", inputs: ["features", "weights", "intercepts"], output: "logits" },
      { operator: "Softmax", inputs: ["logits"], output: "probabilities", integers: { axis: 1 } },
      { operator: "ArgMax", inputs: ["probabilities"], output: "label", integers: { axis: 1, keepdims: 0 } },
    ],
  });
}

/** Greatest whole number that the lookup model takes; a batch with a greater one in it fails in ONNX Runtime. */
export const LOOKUP_MAX = 9999;

/** Answers every whole number x of its input with 3x + 1: exact, so that a row is recognised by its answer. */
export function lookupModel(width: number): Uint8Array {
  return encode({
    name: "lookup",
    inputs: [{ name: "features", elementType: ElementType.float, shape: ["batch", width] }],
    outputs: [{ name: "found", elementType: ElementType.float, shape: ["batch", width] }],
    constants: [
      {
        name: "table",
        shape: [LOOKUP_MAX + 1],
        values: Array.from({ length: LOOKUP_MAX + 1 }, (_, index) => 3 * index + 1),
      },
    ],
    nodes: [
      { operator: "Cast", inputs: ["features"], output: "indices", integers: { to: ElementType.int64 } },
      { operator: "Gather", inputs: ["table", "indices"], output: "found" },
    ],
  });
}

/** A package of the classifier as the training job would publish it; `change` replaces parts of its card. */
export function classifierPackage(width: number, change: Partial<ModelCard> = {}): ModelPackage {
  const model = classifierModel(width);
  const features = featureNames(width);
  const reference = { columns: Object.fromEntries(features.map((name, index) => [name, [index, index + 1]])) };
  const card: ModelCard = {
    name: "toy",
    version: "1",
    platform: "onnx_onnxv1",
    checksum: sha256(model),
    task: "classification",
    features,
    classes: ["no", "yes"],
    inputs: [{ name: "features", datatype: "FP32", shape: [-1, width] }],
    outputs: [
      { name: "label", datatype: "INT64", shape: [-1] },
      { name: "probabilities", datatype: "FP32", shape: [-1, 2] },
    ],
    metrics: { accuracy: 0.9 },
    training: { algorithm: "none", seed: 1, rows: 2, holdOutRows: 1, dataset: "none" },
  };
  return { card: { ...card, ...change }, model, reference };
}

/** Writes a package to the store in `folder` and gives the store's URL. */
export async function publishPackage(folder: string, modelPackage: ModelPackage): Promise<string> {
  const url = `file://${folder}`;
  await writeModelPackage(openObjectStore(url), modelPackage);
  return url;
}
