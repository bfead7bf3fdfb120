import fc from "fast-check";
import { type InferModel, readInferRequest } from "../../../services/serving/inferRequest";

const model: InferModel = {
  inputs: [{ name: "features", datatype: "FP32", shape: [-1, 3] }],
  outputNames: ["label", "probabilities"],
  batches: true,
};
const sound = { name: "features", datatype: "FP32", shape: [2, 3], data: [1, 2, 3, 4, 5, 6] };
const withInput = (change: object) => ({ inputs: [{ ...sound, ...change }] });
const read = (body: unknown) => readInferRequest(body, model);

const SHAPE = "Allowed: [rows,3] with at least one row.";
const TYPES =
  '"features" takes FP32; FP16, FP64, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 are accepted where FP32 holds every value exactly.';
const element = (index: number, seen: string) => `inputs[0].data, element ${index} in row-major order, is ${seen}`;
const FINITE = "Allowed: a finite number that FP32 can hold (up to 3.4e38).";

const WRONG: readonly (readonly [string, unknown, string])[] = [
  ["no object", [], "the request body is an array of 0. Allowed: a JSON object."],
  ["null", null, "the request body is null. Allowed: a JSON object."],
  ["an id that is no text", { id: 1, inputs: [sound] }, "id is 1. Allowed: a text."],
  ["no inputs", {}, 'inputs is undefined. Allowed: an array with the input "features".'],
  ["no input", { inputs: [] }, 'inputs has 0 tensors. This model takes 1, "features".'],
  ["two inputs", { inputs: [sound, sound] }, 'inputs has 2 tensors. This model takes 1, "features".'],
  ["an input that is none", { inputs: [7] }, "inputs[0] is 7. Allowed: a JSON object."],
  ["another input", withInput({ name: "x" }), 'inputs[0].name is "x". This model\'s input is "features".'],
  ["no datatype", withInput({ datatype: undefined }), `inputs[0].datatype is undefined. ${TYPES}`],
  ["texts", withInput({ datatype: "BYTES" }), `inputs[0].datatype is "BYTES". ${TYPES}`],
  ["truth values", withInput({ datatype: "BOOL" }), `inputs[0].datatype is "BOOL". ${TYPES}`],
  ["a datatype in lower case", withInput({ datatype: "fp32" }), `inputs[0].datatype is "fp32". ${TYPES}`],
  ["no shape", withInput({ shape: undefined }), `inputs[0].shape is undefined. ${SHAPE}`],
  ["one dimension", withInput({ shape: [6] }), `inputs[0].shape is [6]. ${SHAPE}`],
  ["no rows", withInput({ shape: [0, 3] }), `inputs[0].shape is [0,3]. ${SHAPE}`],
  ["a variable shape", withInput({ shape: [-1, 3] }), `inputs[0].shape is [-1,3]. ${SHAPE}`],
  ["other columns", withInput({ shape: [3, 2] }), `inputs[0].shape is [3,2]. ${SHAPE}`],
  ["a broken length", withInput({ shape: [1.5, 3] }), `inputs[0].shape is [1.5,3]. ${SHAPE}`],
  ["no data", withInput({ data: undefined }), "inputs[0].data is undefined. Allowed: an array."],
  ["too little data", withInput({ data: [1] }), "inputs[0].data has 1 elements. The shape [2,3] asks for 6."],
  [
    "a long row",
    withInput({
      data: [
        [1, 2, 3],
        [4, 5, 6, 7],
      ],
    }),
    "inputs[0].data[1] has 4 elements. The shape [2,3] asks for 3.",
  ],
  ["a row less", withInput({ data: [[1, 2, 3]] }), "inputs[0].data has 1 elements. The shape [2,3] asks for 2."],
  ["a row that is none", withInput({ data: [[1, 2, 3], 4] }), "inputs[0].data[1] is 4. Allowed: an array."],
  [
    "data too deep",
    withInput({
      data: [
        [1, 2, [3]],
        [4, 5, 6],
      ],
    }),
    `${element(2, "an array of 1")}. Allowed: a number.`,
  ],
  ["a text", withInput({ data: [1, "2", 3, 4, 5, 6] }), `${element(1, '"2"')}. Allowed: a number.`],
  ["null in data", withInput({ data: [1, 2, 3, 4, 5, null] }), `${element(5, "null")}. Allowed: a number.`],
  ["infinity", withInput({ data: [1, 2, 3, 4, Infinity, 6] }), `${element(4, "Infinity")}. ${FINITE}`],
  ["beyond FP32", withInput({ data: [1e39, 2, 3, 4, 5, 6] }), `${element(0, "1e+39")}. ${FINITE}`],
  [
    "an integer out of its range",
    withInput({ datatype: "UINT8", data: [1, 2, 256, 4, 5, 6] }),
    `${element(2, "256")}. Allowed for UINT8: a whole number from 0 to 255.`,
  ],
  [
    "an integer that is none",
    withInput({ datatype: "INT64", data: [1, 2.5, 3, 4, 5, 6] }),
    `${element(1, "2.5")}. Allowed for INT64: a whole number from -9223372036854775808 to 9223372036854775807.`,
  ],
  [
    "what FP32 would round",
    withInput({ datatype: "FP64", data: [0.1, 2, 3, 4, 5, 6] }),
    `${element(0, "0.1")}, which FP32 cannot hold exactly. Send it as FP32 to have it rounded to the nearest FP32.`,
  ],
  [
    "an integer that FP32 would round",
    withInput({ datatype: "INT32", data: [16777217, 2, 3, 4, 5, 6] }),
    `${element(0, "16777217")}, which FP32 cannot hold exactly. Send it as FP32 to have it rounded to the nearest FP32.`,
  ],
  ["outputs that are none", { inputs: [sound], outputs: {} }, 'outputs is an object. Allowed: an array of {"name"}.'],
  [
    "an unknown output",
    { inputs: [sound], outputs: [{ name: "label" }, { name: "logits" }] },
    'outputs[1].name is "logits". This model\'s outputs: label, probabilities.',
  ],
  [
    "a parameter that is none",
    { inputs: [sound], parameters: { a: [1] } },
    "parameters.a is an array of 1. Allowed: a text, a number or a boolean.",
  ],
  [
    "binary data that is not there",
    withInput({ data: undefined, parameters: { binary_data_size: 24 } }),
    "inputs[0].parameters.binary_data_size is 24, but 0 bytes are left after the JSON. Set Inference-Header-Content-Length to the length of the JSON.",
  ],
  [
    "data in both forms",
    withInput({ parameters: { binary_data_size: 0 } }),
    "inputs[0] has data and binary_data_size. Give one of them.",
  ],
  [
    "a size that is none",
    withInput({ data: undefined, parameters: { binary_data_size: -1 } }),
    "inputs[0].parameters.binary_data_size is -1. Allowed: a number of bytes.",
  ],
  [
    "an unclear wish for binary data",
    { inputs: [sound], outputs: [{ name: "label", parameters: { binary_data: 1 } }] },
    "outputs[0].parameters.binary_data is 1. Allowed: true or false.",
  ],
  [
    "an output asked for twice",
    { inputs: [sound], outputs: [{ name: "label" }, { name: "label" }] },
    'outputs[1].name repeats "label". Ask for every output once.',
  ],
];

describe("readInferRequest", () => {
  it.each(WRONG)("refuses %s", (_, body, message) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ status: 400, message }));
  });

  it("takes nested and flattened data alike", () => {
    const values = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, (column) => {
        const nested = column.map((value) => [value, -value, 1]);
        const shape = [column.length, 3];
        const tensor = { ...model.inputs[0], shape, data: Float32Array.from(nested.flat()) };
        const schedule = { timeoutMs: undefined, priority: 128 };
        const outputs = model.outputNames.map((name) => ({ name, binary: false }));
        const expected = { id: undefined, rows: column.length, inputs: [tensor], outputs, schedule };
        expect(read(withInput({ shape, data: nested }))).toEqual(expected);
        expect(read(withInput({ shape, data: nested.flat() }))).toEqual(expected);
      }),
    );
  });

  it.each([
    ["FP64", [0.5, 2 ** 100, 3, 4, 5, 6]],
    ["INT64", [2 ** 53 - 2 ** 29, -(2 ** 40), 3, 4, 5, 6]],
    ["INT8", [-128, 127, 3, 4, 5, 6]],
    ["UINT32", [0, 2 ** 31, 3, 4, 5, 6]],
  ])("takes %s that FP32 holds exactly", (datatype, data) => {
    expect(read(withInput({ datatype, data })).inputs[0]?.data).toEqual(Float32Array.from(data));
  });

  it("keeps the id and the order of the wanted outputs, and ignores what it does not know", () => {
    const outputs = [{ name: "probabilities" }, { name: "label", parameters: { binary_data: false } }];
    const parameters = { priority: 1, trace: true, tag: "a" };
    expect(read({ id: "", inputs: [sound], outputs, parameters, model_name: "m" })).toMatchObject({
      id: "",
      outputs: [
        { name: "probabilities", binary: false },
        { name: "label", binary: false },
      ],
    });
    expect(read({ inputs: [sound], outputs: [] }).outputs.map(({ name }) => name)).toEqual(model.outputNames);
  });

  it("takes the default of binary outputs from the request, and an output's own word before it", () => {
    const outputs = [{ name: "probabilities" }, { name: "label", parameters: { binary_data: false } }];
    const parameters = { binary_data_output: true };
    expect(read({ inputs: [sound], outputs, parameters }).outputs.map(({ binary }) => binary)).toEqual([true, false]);
    expect(read({ inputs: [sound], parameters }).outputs.map(({ binary }) => binary)).toEqual([true, true]);
  });
});

describe("readInferRequest of a model with several inputs", () => {
  const several: InferModel = {
    inputs: [
      { name: "a", datatype: "INT64", shape: [-1, 2] },
      { name: "b", datatype: "BYTES", shape: [-1, -1] },
    ],
    outputNames: ["y"],
    batches: true,
  };
  const a = { name: "a", datatype: "INT64", shape: [1, 2], data: [1, 9007199254740993n] };
  const b = { name: "b", datatype: "BYTES", shape: [1, 1], data: ["x"] };
  const refusal = (inputs: unknown, change: Partial<InferModel> = {}) => {
    try {
      readInferRequest({ inputs }, { ...several, ...change });
      return "it was taken";
    } catch (error) {
      return (error as Error).message;
    }
  };

  it("gives them in the model's order, whatever the request's", () => {
    const { rows, inputs } = readInferRequest({ inputs: [b, a] }, several);
    expect(rows).toBe(1);
    expect(inputs).toEqual([{ ...a, data: BigInt64Array.of(1n, 9007199254740993n) }, b]);
  });

  it("reads binary tensors in the order of the request, beside ones in JSON", () => {
    const tail = Buffer.concat([Buffer.from([1, 0, 0, 0, 120]), Buffer.from(BigInt64Array.of(-1n, 2n).buffer)]);
    const { inputs } = readInferRequest(
      {
        inputs: [
          { ...b, data: undefined, parameters: { binary_data_size: 5 } },
          { ...a, data: undefined, parameters: { binary_data_size: 16 } },
        ],
      },
      several,
      tail,
    );
    expect(inputs.map(({ data }) => data)).toEqual([BigInt64Array.of(-1n, 2n), ["x"]]);
    expect(() => readInferRequest({ inputs: [a, b] }, several, Buffer.from([1]))).toThrow(
      "1 bytes after the JSON belong to no input; see binary_data_size.",
    );
  });

  it.each([
    ["one is missing", [a], 'inputs has 1 tensors. This model takes 2, "a", "b".'],
    ["one is given twice", [a, a], 'inputs[1].name repeats "a". Give every input once.'],
    ["one is unknown", [a, { ...b, name: "c" }], 'inputs[1].name is "c". This model\'s inputs are "a", "b".'],
    [
      "rows differ",
      [a, { ...b, shape: [2, 1], data: ["x", "y"] }],
      '"b" has 2 rows and "a" has 1. All inputs of a request have the same number of rows.',
    ],
    [
      "an open length is none",
      [a, { ...b, shape: [1, 0], data: [] }],
      "inputs[1].shape is [1,0]. Allowed: [rows,any] with every length at least 1.",
    ],
    ["a datatype is another", [{ ...a, datatype: "FP32" }, b], 'inputs[0].datatype is "FP32". "a" takes INT64.'],
  ])("refuses it when %s", (_, inputs, message) => {
    expect(refusal(inputs)).toBe(message);
  });

  it("asks nothing of the rows of a model that does not batch", () => {
    const differing = [a, { ...b, shape: [2, 1], data: ["x", "y"] }];
    expect(refusal(differing, { batches: false })).toBe("it was taken");
  });
});
