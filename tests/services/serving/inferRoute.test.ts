/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import fc from "fast-check";
import { DATATYPES } from "../../../services/runtime/modelPackage";
import type { RunningService } from "../../../services/runtime/process";
import type { Datatype } from "../../../services/serving/tensor";
import { outputsOf, postBinary, postBytes } from "../../support/binaryInfer";
import { echoPackage, unaryPackage } from "../../support/inferModels";
import { publishPackage } from "../../support/onnxModels";
import { post, startTestServing } from "../../support/serving";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();
let echo: RunningService;
let open: RunningService;
let fixed: RunningService;
const url = (service: RunningService, name: string) => `${service.url}/v2/models/${name}/infer`;

beforeAll(async () => {
  const OBJECT_STORE_URL = await publishPackage(folder, echoPackage());
  const texts = { name: "t", datatype: "BYTES", shape: [-1, -1] } as const;
  const numbers = { name: "n", datatype: "INT64", shape: [-1, -1, 2] } as const;
  await publishPackage(folder, unaryPackage({ name: "open", operator: "Identity", inputs: [texts, numbers] }));
  const pair = { name: "x", datatype: "FP64", shape: [2, 2] } as const;
  await publishPackage(folder, unaryPackage({ name: "fixed", operator: "Neg", inputs: [pair] }));
  echo = await startTestServing({ OBJECT_STORE_URL, MODEL_NAME: "echo" });
  open = await startTestServing({ OBJECT_STORE_URL, MODEL_NAME: "open" });
  fixed = await startTestServing({ OBJECT_STORE_URL, MODEL_NAME: "fixed" });
});
afterAll(() => Promise.all([echo.close(), open.close(), fixed.close()]));

/** JSON and little-endian bytes, in hexadecimal, of the same two elements of each datatype. */
const VALUES: Readonly<Record<Datatype, readonly [string, string]>> = {
  BOOL: ["true,false", "0100"],
  UINT8: ["0,255", "00ff"],
  UINT16: ["0,65535", "0000ffff"],
  UINT32: ["0,4294967295", "00000000ffffffff"],
  UINT64: ["9007199254740993,18446744073709551615", "0100000000002000ffffffffffffffff"],
  INT8: ["-128,127", "807f"],
  INT16: ["-32768,32767", "0080ff7f"],
  INT32: ["-2147483648,2147483647", "00000080ffffff7f"],
  INT64: ["-9223372036854775808,9007199254740993", "00000000000000800100000000002000"],
  FP16: ["0.5,-65504", "0038fffb"],
  FP32: ["0.5,-3.4028234663852886e+38", "0000003fffff7fff"],
  FP64: ["0.1,-5e-324", "9a9999999999b93f0100000000000080"],
  BYTES: ['"é","\\"a\\""', "02000000c3a903000000226122"],
};
const inputName = (datatype: Datatype) => datatype.toLowerCase();

/** A request of one row in JSON text, since numbers beyond doubles are in it; `rows` repeats it. */
function jsonRequest(rows = 1): string {
  const inputs = DATATYPES.map((datatype) => {
    const data = new Array(rows).fill(VALUES[datatype][0]).join(",");
    return `{"name":"${inputName(datatype)}","datatype":"${datatype}","shape":[${rows},2],"data":[${data}]}`;
  });
  return `{"id":"7","inputs":[${inputs.join(",")}]}`;
}

const BYTES_OF = DATATYPES.map((datatype) => Buffer.from(VALUES[datatype][1], "hex"));
const BINARY_INPUTS = DATATYPES.map((datatype, index) => ({
  name: inputName(datatype),
  datatype,
  shape: [1, 2],
  parameters: { binary_data_size: BYTES_OF[index]?.length },
}));

describe("every datatype", () => {
  it("comes back from JSON to JSON as it was", async () => {
    const { status, text } = await post(url(echo, "echo"), jsonRequest(3));
    expect(status).toBe(200);
    for (const datatype of DATATYPES) {
      const data = new Array(3).fill(VALUES[datatype][0]).join(",");
      expect(text).toContain(
        `{"name":"${inputName(datatype)}_out","shape":[3,2],"datatype":"${datatype}","data":[${data}]}`,
      );
    }
    expect(text).toContain('"id":"7"');
  });

  it("comes back from JSON to bytes", async () => {
    const text = jsonRequest().replace("{", '{"parameters":{"binary_data_output":true},');
    const answer = await postBytes(url(echo, "echo"), Buffer.from(text), { "content-type": "application/json" });
    expect(answer.headers["content-type"]).toBe("application/octet-stream");
    expect(outputsOf(answer).map(({ bytes }) => bytes?.toString("hex"))).toEqual(
      DATATYPES.map((datatype) => VALUES[datatype][1]),
    );
  });

  it("comes back from bytes to JSON", async () => {
    const answer = await postBinary(url(echo, "echo"), { id: "7", inputs: BINARY_INPUTS }, BYTES_OF);
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(answer.body.toString()).toBe((await post(url(echo, "echo"), jsonRequest())).text);
  });

  it.each(DATATYPES)("comes back from bytes to bytes, %s as the one in JSON", async (inJson) => {
    const outputs = DATATYPES.map((datatype) => ({
      name: `${inputName(datatype)}_out`,
      parameters: { binary_data: datatype !== inJson },
    }));
    const answer = await postBinary(url(echo, "echo"), { inputs: BINARY_INPUTS, outputs }, BYTES_OF);
    expect(answer.status).toBe(200);
    for (const [index, { bytes, data, datatype }] of outputsOf(answer).entries()) {
      expect(datatype).toBe(DATATYPES[index]);
      if (datatype === inJson) expect(data).toEqual(JSON.parse(`[${VALUES[inJson][0]}]`));
      else expect(bytes?.toString("hex")).toBe(BYTES_OF[index]?.toString("hex"));
    }
  });
});

describe("JSON, binary and batched answers", () => {
  const float64 = fc.double({ noNaN: true, noDefaultInfinity: true });
  const row = fc.record({
    n: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    t: fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\0", "")),
  });
  const caller = fc.record({
    length: fc.integer({ min: 1, max: 3 }),
    rows: fc.array(row, { minLength: 1, maxLength: 4 }),
  });

  it("agree whatever comes together, whatever the shapes", async () => {
    const property = async (callers: { length: number; rows: { n: bigint; t: string }[] }[]) => {
      const answers = await Promise.all(
        callers.map(async ({ length, rows }, index) => {
          const numbers = rows.flatMap(({ n }) => new Array<bigint>(length * 2).fill(n));
          const texts = rows.flatMap(({ t }, at) => Array.from({ length }, (_, item) => `${index}.${at}.${item} ${t}`));
          const t = { name: "t", datatype: "BYTES", shape: [rows.length, length], data: texts };
          const n = `{"name":"n","datatype":"INT64","shape":[${rows.length},${length},2],"data":[${numbers}]}`;
          const json = await post(url(open, "open"), `{"inputs":[${JSON.stringify(t)},${n}]}`);
          const bytes = Buffer.from(BigInt64Array.from(numbers).buffer);
          const binary = await postBinary(
            url(open, "open"),
            {
              inputs: [
                {
                  name: "n",
                  datatype: "INT64",
                  shape: [rows.length, length, 2],
                  parameters: { binary_data_size: bytes.length },
                },
                t,
              ],
              outputs: [{ name: "n_out", parameters: { binary_data: true } }, { name: "t_out" }],
            },
            [bytes],
          );
          return { texts, numbers, bytes, json, binary };
        }),
      );
      for (const { texts, numbers, bytes, json, binary } of answers) {
        expect(json.text).toContain(`"datatype":"INT64","data":[${numbers}]`);
        expect(JSON.parse(json.text).outputs[0].data).toEqual(texts);
        const [n, t] = outputsOf(binary);
        expect(n?.bytes?.equals(bytes)).toBe(true);
        expect(t?.data).toEqual(texts);
      }
    };
    await fc.assert(fc.asyncProperty(fc.array(caller, { minLength: 1, maxLength: 12 }), property), { numRuns: 25 });
  });

  it("agree for a model that does not batch", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(float64, { minLength: 4, maxLength: 4 }), async (data) => {
        const ask = async (values: number[]) => {
          const input = { name: "x", datatype: "FP64", shape: [2, 2], data: values };
          return outputsOf(await postBinary(url(fixed, "fixed"), { inputs: [input] }, []))[0]?.data;
        };
        const [one, other] = await Promise.all([ask(data), ask(data.map((value) => value / 2))]);
        // JSON.stringify, with which this test asks, loses the sign of zero.
        expect(one?.map((value) => Number(value) + 0)).toEqual(data.map((value) => -value + 0));
        expect(other?.map((value) => Number(value) + 0)).toEqual(data.map((value) => -(value / 2) + 0));
      }),
      { numRuns: 25 },
    );
  });
});
