import { DATATYPES, type ModelCard, type ModelPackage, sha256 } from "../../services/runtime/modelPackage";
import { type ElementType, encodeOnnx, type OnnxGraph } from "../../services/training/onnxProto";
import { classifierPackage } from "./onnxModels";

type Datatype = (typeof DATATYPES)[number];
type TensorSpec = Readonly<Omit<ModelCard["inputs"][number], "shape">> & { readonly shape: readonly number[] };

/** TensorProto.DataType of the ONNX specification. */
const CODES: Readonly<Record<Datatype, number>> = {
  FP32: 1,
  UINT8: 2,
  INT8: 3,
  UINT16: 4,
  INT16: 5,
  INT32: 6,
  INT64: 7,
  BYTES: 8,
  BOOL: 9,
  FP16: 10,
  FP64: 11,
  UINT32: 12,
  UINT64: 13,
};

function toValue({ name, datatype, shape }: TensorSpec): OnnxGraph["inputs"][number] {
  // The training service writes two datatypes only; the encoder takes any.
  const elementType = CODES[datatype] as typeof ElementType.float;
  return { name, elementType, shape: shape.map((length, axis) => (length === -1 ? `length${axis}` : length)) };
}

export interface UnaryModelArgs {
  readonly name: string;
  readonly version?: string;
  readonly operator: string;
  readonly integers?: Readonly<Record<string, number>>;
  readonly inputs: readonly TensorSpec[];
}

/** A package whose model applies one operator to every input; input x gives the output x_out of the same shape. */
export function unaryPackage({ name, version = "1", operator, integers = {}, inputs }: UnaryModelArgs): ModelPackage {
  const given = inputs.map((spec) => ({ ...spec, shape: [...spec.shape] }));
  const outputs = given.map((spec) => ({ ...spec, name: `${spec.name}_out` }));
  const model = encodeOnnx({
    graph: {
      name,
      inputs: inputs.map(toValue),
      outputs: outputs.map(toValue),
      constants: [],
      nodes: inputs.map((spec) => ({ operator, inputs: [spec.name], output: `${spec.name}_out`, integers })),
    },
    irVersion: 8,
    opset: 17,
    description: "A model of the tests.",
  });
  const base = classifierPackage(1);
  const card: ModelCard = { ...base.card, name, version, checksum: sha256(model), task: "regression" };
  return { ...base, card: { ...card, classes: [], inputs: given, outputs }, model };
}

export interface EchoModelArgs {
  /** @default "echo" */
  readonly name?: string;
  readonly version?: string;
  /** @default all */
  readonly datatypes?: readonly Datatype[];
}

/** A model with an input [-1, 2] of every datatype, each given back as it came. Inputs are named in lower case. */
export function echoPackage({ name = "echo", version = "1", datatypes = DATATYPES }: EchoModelArgs = {}): ModelPackage {
  const inputs = datatypes.map((datatype) => ({ name: datatype.toLowerCase(), datatype, shape: [-1, 2] }));
  return unaryPackage({ name, version, operator: "Identity", inputs });
}
