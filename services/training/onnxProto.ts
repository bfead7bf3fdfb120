import { type IField, Root, type Type } from "protobufjs";

/** A field of a message: its type, its number in the specification, and `repeated` for a list. */
const one = (type: string, id: number): IField => ({ type, id });
const many = (type: string, id: number): IField => ({ type, id, rule: "repeated" });

/**
 * The messages of ONNX that a small graph needs, with the field numbers of the specification
 * (onnx/onnx.proto, IR version 8). Fields left out are optional there.
 */
const MESSAGES: Record<string, Record<string, IField>> = {
  Model: {
    irVersion: one("int64", 1),
    producerName: one("string", 2),
    docString: one("string", 6),
    graph: one("Graph", 7),
    opsetImport: many("OperatorSet", 8),
  },
  OperatorSet: { domain: one("string", 1), version: one("int64", 2) },
  Graph: {
    node: many("Node", 1),
    name: one("string", 2),
    initializer: many("Tensor", 5),
    input: many("ValueInfo", 11),
    output: many("ValueInfo", 12),
  },
  Node: {
    input: many("string", 1),
    output: many("string", 2),
    name: one("string", 3),
    opType: one("string", 4),
    attribute: many("Attribute", 5),
  },
  Attribute: { name: one("string", 1), i: one("int64", 3), type: one("int32", 20) },
  Tensor: {
    dims: many("int64", 1),
    dataType: one("int32", 2),
    name: one("string", 8),
    rawData: one("bytes", 9),
  },
  ValueInfo: { name: one("string", 1), type: one("ValueType", 2) },
  ValueType: { tensorType: one("TensorType", 1) },
  TensorType: { elemType: one("int32", 1), shape: one("Shape", 2) },
  Shape: { dim: many("Dimension", 1) },
  Dimension: { dimValue: one("int64", 1), dimParam: one("string", 2) },
};

// proto2, as the specification's file is: a field that is set to its default is written, and lists are not packed.
const root = Root.fromJSON({
  nested: Object.fromEntries(Object.entries(MESSAGES).map(([name, fields]) => [name, { edition: "proto2", fields }])),
});
const modelType: Type = root.lookupType("Model");

/** TensorProto.DataType of the specification. */
export const ElementType = { float: 1, int64: 7 } as const;
type ElementTypeCode = (typeof ElementType)[keyof typeof ElementType];

/** AttributeProto.AttributeType INT of the specification. */
const ATTRIBUTE_INT = 2;

/** A graph in the terms of its author; `encodeOnnx` turns it into bytes. */
export interface OnnxGraph {
  readonly name: string;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly constants: readonly OnnxConstant[];
  /** In an order in which every input is known before it is used. */
  readonly nodes: readonly OnnxNode[];
}

export interface OnnxValue {
  readonly name: string;
  readonly elementType: ElementTypeCode;
  /** A number is a fixed length; a text names a length known only at run time. */
  readonly shape: readonly (number | string)[];
}

export interface OnnxConstant {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major; rounded to FP32. */
  readonly values: readonly number[];
}

export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly integers?: Readonly<Record<string, number>>;
}

export interface OnnxModelArgs {
  readonly graph: OnnxGraph;
  /** Version of the ONNX file format. */
  readonly irVersion: number;
  /** Version of the standard operators. */
  readonly opset: number;
  readonly description: string;
}

/** The bytes of an ONNX model. The same arguments give the same bytes: fields are written in the order of their numbers. */
export function encodeOnnx({ graph, irVersion, opset, description }: OnnxModelArgs): Uint8Array {
  const message = modelType.create({
    irVersion,
    producerName: "tideline",
    docString: description,
    opsetImport: [{ domain: "", version: opset }],
    graph: {
      name: graph.name,
      node: graph.nodes.map(toNode),
      initializer: graph.constants.map(toTensor),
      input: graph.inputs.map(toValueInfo),
      output: graph.outputs.map(toValueInfo),
    },
  });
  return Uint8Array.from(modelType.encode(message).finish());
}

function toNode({ operator, inputs, output, integers = {} }: OnnxNode) {
  return {
    input: [...inputs],
    output: [output],
    name: output,
    opType: operator,
    attribute: Object.entries(integers).map(([name, i]) => ({ name, i, type: ATTRIBUTE_INT })),
  };
}

function toTensor({ name, shape, values }: OnnxConstant) {
  // Little-endian whatever the machine, as the specification asks of raw_data.
  const rawData = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) rawData.writeFloatLE(value, index * 4);
  return { name, dims: [...shape], dataType: ElementType.float, rawData };
}

function toValueInfo({ name, elementType, shape }: OnnxValue) {
  const dim = shape.map((length) => (typeof length === "number" ? { dimValue: length } : { dimParam: length }));
  return { name, type: { tensorType: { elemType: elementType, shape: { dim } } } };
}
