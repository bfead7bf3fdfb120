import { z } from "zod";
import { type ModelCard, type ModelPackage, ModelPackageError } from "../../runtime/modelPackage";
import type { TensorSpec } from "../executor";

const tensorNames = z.record(z.string(), z.string().min(1));
const version = z
  .union([z.number().int().min(1), z.string().regex(/^[1-9][0-9]*$/, "Allowed: a positive whole number")])
  .transform(String);

const ensembleSpec = z.strictObject({
  ensemble_scheduling: z.strictObject({
    step: z
      .array(
        z.strictObject({
          model_name: z.string(),
          model_version: version,
          input_map: tensorNames,
          output_map: tensorNames,
        }),
      )
      .min(1)
      .max(32),
  }),
});

/** One model of an ensemble: which of the ensemble's tensors it takes as its inputs and gives as its outputs. */
export type EnsembleStep = z.output<typeof ensembleSpec>["ensemble_scheduling"]["step"][number];

/**
 * The steps of an ensemble, from the ensemble.json of its package, which has Triton's form of ensemble_scheduling
 * (architecture.md, "Ensemble Models"), each step with its version.
 * @throws {ModelPackageError}
 */
export function readEnsembleSteps({ card, model }: ModelPackage): EnsembleStep[] {
  const key = `${card.name}/${card.version}/ensemble.json`;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(model).toString("utf8"));
  } catch (error) {
    throw new ModelPackageError(`${key} is not JSON: ${(error as Error).message}.`);
  }
  const result = ensembleSpec.safeParse(value);
  if (result.success) return result.data.ensemble_scheduling.step;
  throw new ModelPackageError(`${key} does not fit its schema:\n${z.prettifyError(result.error)}`);
}

/** A step and the card of its model. */
export interface CardedStep {
  readonly step: EnsembleStep;
  readonly card: Pick<ModelCard, "inputs" | "outputs">;
}

/**
 * Puts steps into an order in which each finds what it takes, and checks that every tensor fits where it goes.
 * @throws {ModelPackageError} for a map with unknown or missing names, a tensor that nothing gives or two steps give, one
 * of another datatype or shape than is taken, an input that no step takes, or an output that none gives.
 */
export function planEnsemble<Step extends CardedStep>(card: ModelCard, steps: readonly Step[]): Step[] {
  const problem = (text: string) => new ModelPackageError(`The ensemble ${card.name}/${card.version} ${text}`);
  for (const step of steps) checkMaps(step, problem);
  const tensors = new Map<string, TensorSpec>(card.inputs.map((spec) => [spec.name, spec]));
  const planned: Step[] = [];
  const waiting = [...steps];
  while (waiting.length > 0) {
    const place = waiting.findIndex(({ step }) => Object.values(step.input_map).every((name) => tensors.has(name)));
    const [next] = place === -1 ? [] : waiting.splice(place, 1);
    if (next === undefined) throw problem(`has no way to go on: ${missingText(waiting, tensors)}.`);
    for (const { name, datatype, shape } of next.card.inputs) {
      const taken = next.step.input_map[name] ?? "";
      const problemOf = misfit(tensors.get(taken), { datatype, shape });
      if (problemOf) throw problem(`hands ${taken} to ${next.step.model_name}'s input ${name}: ${problemOf}.`);
    }
    for (const [output, tensor] of Object.entries(next.step.output_map)) {
      if (tensors.has(tensor)) throw problem(`has two sources of the tensor ${tensor}; name one of them otherwise.`);
      const spec = next.card.outputs.find(({ name }) => name === output);
      if (spec !== undefined) tensors.set(tensor, spec);
    }
    planned.push(next);
  }
  const taken = new Set(steps.flatMap(({ step }) => Object.values(step.input_map)));
  const idle = card.inputs.find(({ name }) => !taken.has(name));
  if (idle !== undefined) throw problem(`has the input ${idle.name}, which no step takes.`);
  for (const spec of card.outputs) {
    const problemOf = misfit(tensors.get(spec.name), spec);
    if (problemOf) throw problem(`has the output ${spec.name}: ${problemOf}.`);
  }
  return planned;
}

function checkMaps({ step, card }: CardedStep, problem: (text: string) => Error): void {
  for (const [map, specs] of [
    ["input_map", card.inputs],
    ["output_map", card.outputs],
  ] as const) {
    const known = specs.map(({ name }) => name);
    const unknown = Object.keys(step[map]).find((name) => !known.includes(name));
    if (unknown !== undefined) {
      throw problem(`names ${unknown} in the ${map} of ${step.model_name}. Allowed: ${known.join(", ")}.`);
    }
  }
  const missing = card.inputs.find(({ name }) => step.input_map[name] === undefined);
  if (missing !== undefined) throw problem(`leaves ${missing.name} out of the input_map of ${step.model_name}.`);
}

function missingText(waiting: readonly CardedStep[], tensors: ReadonlyMap<string, unknown>): string {
  return waiting
    .map(({ step }) => {
      const missing = Object.values(step.input_map).filter((name) => !tensors.has(name));
      return `${step.model_name} waits for ${missing.join(", ")}`;
    })
    .join("; ");
}

/** Why a tensor does not fit where another is declared; undefined when it does. Open lengths fit all. */
function misfit(from: TensorSpec | undefined, to: Omit<TensorSpec, "name">): string | undefined {
  if (from === undefined) return "no step gives it";
  const lengths = from.shape.length === to.shape.length;
  const same = from.shape.every((length, axis) => length === -1 || to.shape[axis] === -1 || length === to.shape[axis]);
  if (from.datatype === to.datatype && lengths && same) return undefined;
  return `it is ${from.datatype} [${from.shape}], wanted is ${to.datatype} [${to.shape}]`;
}
