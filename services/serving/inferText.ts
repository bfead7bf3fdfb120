import { ServiceError } from "../runtime/errors";
import type { ModelCard } from "../runtime/modelPackage";
import type { Tensor } from "./tensor";

export interface InferTextArgs {
  readonly card: Pick<ModelCard, "name" | "version">;
  readonly id: string | undefined;
  /** In the order of the answer. */
  readonly outputs: readonly Tensor[];
}

/**
 * The JSON text of an inference response of the Open Inference Protocol, data flattened. Text rather than
 * JSON.stringify, because 64-bit integers are exact in it.
 * @throws {ServiceError} 422 when an output holds NaN or an infinity, which JSON cannot say.
 */
export function inferText({ card, id, outputs }: InferTextArgs): string {
  const echoed = id === undefined ? "" : `"id":${JSON.stringify(id)},`;
  const name = JSON.stringify(card.name);
  return `{"model_name":${name},"model_version":"${card.version}",${echoed}"outputs":[${outputs.map(tensorText).join(",")}]}`;
}

function tensorText({ name, datatype, shape, data }: Tensor): string {
  return `{"name":${JSON.stringify(name)},"shape":[${shape}],"datatype":"${datatype}","data":[${dataText(name, datatype, data)}]}`;
}

function dataText(name: string, datatype: Tensor["datatype"], data: Iterable<unknown>): string {
  if (datatype === "BOOL") return Array.from(data, (value) => value === 1).join(",");
  if (datatype === "BYTES") return Array.from(data, (value) => JSON.stringify(value)).join(",");
  for (const value of data) {
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw new ServiceError(
        422,
        "no_finite_answer",
        `The model's output ${name} is ${value}, not a finite number, for these inputs. Check their magnitudes.`,
      );
    }
  }
  return Array.from(data).join(",");
}
