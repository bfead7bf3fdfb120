import type { TensorSpec } from "./executor";
import type { Datatype, Tensor, TensorData } from "./tensor";
import { badRequest } from "./tensors/badRequest";
import { accepts, toFp32, WIDENED } from "./tensors/convertData";
import { valueSeen } from "./valueSeen";

/** An input tensor as a request gave it, in whatever form, before it is checked. */
export interface GivenInput {
  /** Where it stands in the request, for messages. */
  readonly path: string;
  readonly name: unknown;
  readonly datatype: unknown;
  readonly shape: unknown;
  /** Its elements, once datatype and shape are known to be sound. */
  read(datatype: Datatype, shape: readonly number[]): TensorData;
}

/**
 * The inputs of a request as the model takes them, in the model's order. FP64, FP16 and the integer datatypes are
 * accepted for an FP32 input where FP32 holds every value exactly.
 * @throws {ServiceError} 400 for an input that is missing, unknown, given twice, or of a wrong datatype or shape.
 */
export function acceptInputs(given: readonly GivenInput[], specs: readonly TensorSpec[]): Tensor[] {
  if (given.length !== specs.length) {
    throw badRequest(`inputs has ${given.length} tensors. This model takes ${specs.length}, ${namesOf(specs)}.`);
  }
  const found = new Map<string, Tensor>();
  for (const input of given) {
    const spec = specs.find(({ name }) => name === input.name);
    if (spec === undefined) {
      const known = specs.length === 1 ? `input is ${namesOf(specs)}` : `inputs are ${namesOf(specs)}`;
      throw badRequest(`${input.path}.name is ${valueSeen(input.name)}. This model's ${known}.`);
    }
    if (found.has(spec.name)) throw badRequest(`${input.path}.name repeats "${spec.name}". Give every input once.`);
    found.set(spec.name, accept(input, spec));
  }
  return specs.flatMap(({ name }) => found.get(name) ?? []);
}

/**
 * Rows of a request to a model that batches: the common first length of its inputs.
 * @throws {ServiceError} 400 when they differ.
 */
export function commonRows(inputs: readonly Tensor[]): number {
  const [first] = inputs;
  const rows = first?.shape[0] ?? 1;
  const other = inputs.find(({ shape }) => shape[0] !== rows);
  if (first === undefined || other === undefined) return rows;
  throw badRequest(
    `"${other.name}" has ${other.shape[0]} rows and "${first.name}" has ${rows}. All inputs of a request have the same number of rows.`,
  );
}

function accept({ path, datatype, shape, read }: GivenInput, spec: TensorSpec): Tensor {
  const type = readDatatype(datatype, spec, path);
  const lengths = readShape(shape, spec, path);
  const data = read(type, lengths);
  const { name, datatype: wanted } = spec;
  return { name, datatype: wanted, shape: lengths, data: type === wanted ? data : toFp32(data, type, `${path}.data`) };
}

function readDatatype(datatype: unknown, { name, datatype: wanted }: TensorSpec, path: string): Datatype {
  if (typeof datatype === "string" && accepts(wanted, datatype as Datatype)) return datatype as Datatype;
  const others = wanted === "FP32" ? `; ${WIDENED.join(", ")} are accepted where FP32 holds every value exactly` : "";
  throw badRequest(`${path}.datatype is ${valueSeen(datatype)}. "${name}" takes ${wanted}${others}.`);
}

function readShape(shape: unknown, { shape: wanted }: TensorSpec, path: string): readonly number[] {
  const fits = (length: unknown, axis: number) =>
    Number.isSafeInteger(length) && Number(length) >= 1 && (wanted[axis] === -1 || wanted[axis] === length);
  if (Array.isArray(shape) && shape.length === wanted.length && shape.every(fits)) return shape;
  const seen = Array.isArray(shape) && shape.length <= 8 ? `[${shape.map(valueSeen).join(",")}]` : valueSeen(shape);
  throw badRequest(`${path}.shape is ${seen}. Allowed: ${allowedShape(wanted)}.`);
}

function allowedShape(wanted: readonly number[]): string {
  const lengths = wanted.map((length, axis) => (length !== -1 ? length : axis === 0 ? "rows" : "any"));
  if (lengths.includes("any")) return `[${lengths}] with every length at least 1`;
  return lengths.includes("rows") ? `[${lengths}] with at least one row` : `[${lengths}]`;
}

function namesOf(specs: readonly TensorSpec[]): string {
  return specs.map(({ name }) => `"${name}"`).join(", ");
}
