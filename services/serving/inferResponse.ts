import { ServiceError } from "../runtime/errors";
import type { ModelCard } from "../runtime/modelPackage";
import type { Tensor } from "./tensor";
import { writeBinaryData } from "./tensors/binaryData";
import { fromHalf } from "./tensors/half";

/** An output of an answer and the form in which it is told. */
export interface AnsweredOutput {
  readonly tensor: Tensor;
  readonly binary: boolean;
}

export interface InferResponseArgs {
  readonly card: Pick<ModelCard, "name" | "version">;
  readonly id: string | undefined;
  /** In the order of the answer. */
  readonly outputs: readonly AnsweredOutput[];
}

export interface InferResponse {
  /** The JSON of the answer. */
  readonly text: string;
  /** The tensors that follow it, in the order in which the JSON lists them; undefined when none was asked for. */
  readonly tail: readonly Buffer[] | undefined;
}

/**
 * An inference response of the Open Inference Protocol, data in JSON flattened. Text rather than JSON.stringify,
 * because 64-bit integers are exact in it.
 * @throws {ServiceError} 422 when an output in JSON holds NaN or an infinity, which JSON cannot say.
 */
export function writeInferResponse({ card, id, outputs }: InferResponseArgs): InferResponse {
  const tail: Buffer[] = [];
  const texts = outputs.map(({ tensor, binary }) => {
    if (!binary) return tensorText(tensor, `"data":[${dataText(tensor)}]`);
    const bytes = writeBinaryData(tensor);
    tail.push(bytes);
    return tensorText(tensor, `"parameters":{"binary_data_size":${bytes.length}}`);
  });
  const echoed = id === undefined ? "" : `"id":${JSON.stringify(id)},`;
  const name = JSON.stringify(card.name);
  const text = `{"model_name":${name},"model_version":"${card.version}",${echoed}"outputs":[${texts.join(",")}]}`;
  return { text, tail: tail.length === 0 ? undefined : tail };
}

function tensorText({ name, datatype, shape }: Tensor, data: string): string {
  return `{"name":${JSON.stringify(name)},"shape":[${shape}],"datatype":"${datatype}",${data}}`;
}

function dataText({ name, datatype, data }: Tensor): string {
  switch (datatype) {
    case "BOOL":
      return Array.from(data as Uint8Array, (value) => value === 1).join(",");
    case "BYTES":
      return (data as readonly string[]).map((value) => JSON.stringify(value)).join(",");
    case "FP16":
      return numbersText(
        name,
        Array.from(data as Uint16Array, (bits) => fromHalf(bits)),
      );
    case "FP32":
    case "FP64":
      return numbersText(name, Array.from<number>(data as Float32Array | Float64Array));
    default:
      return data.join(",");
  }
}

function numbersText(name: string, values: readonly number[]): string {
  let negativeZero = false;
  for (const value of values) {
    if (!Number.isFinite(value)) {
      throw new ServiceError(
        422,
        "no_finite_answer",
        `The model's output ${name} is ${value}, not a finite number, for these inputs. Check their magnitudes, or ask for binary data, which can say it.`,
      );
    }
    negativeZero ||= Object.is(value, -0);
  }
  // Texts of numbers lose the sign of zero, which binary data keeps.
  return negativeZero ? values.map((value) => (Object.is(value, -0) ? "-0" : value)).join(",") : values.join(",");
}
