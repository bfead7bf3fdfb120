import type { ModelCard } from "../../runtime/modelPackage";
import type { Executor } from "../executor";
import type { Tensor } from "../tensor";
import type { EnsembleStep } from "./ensemblePlan";

/** A loaded step. */
export interface RunningStep {
  readonly step: EnsembleStep;
  readonly executor: Executor;
}

/** An ensemble as one model: runs its steps, which are in their order, one after another. It owns their executors. */
export function createEnsembleExecutor({ inputs, outputs }: ModelCard, steps: readonly RunningStep[]): Executor {
  const rows = [...inputs, ...outputs].every(({ shape }) => shape[0] === -1);
  return {
    inputs,
    outputs,
    batches: rows && steps.every(({ executor }) => executor.batches),
    async run(given) {
      const tensors = new Map(given.map((tensor) => [tensor.name, tensor]));
      for (const { step, executor } of steps) {
        const taken = executor.inputs.map(({ name }) => ({ ...tensorOf(tensors, step.input_map[name]), name }));
        for (const tensor of await executor.run(taken)) {
          const name = step.output_map[tensor.name];
          if (name !== undefined) tensors.set(name, { ...tensor, name });
        }
      }
      return outputs.map(({ name }) => tensorOf(tensors, name));
    },
    async close() {
      await Promise.all(steps.map(({ executor }) => executor.close()));
    },
  };
}

function tensorOf(tensors: ReadonlyMap<string, Tensor>, name: string | undefined): Tensor {
  const tensor = tensors.get(name ?? "");
  if (tensor === undefined) throw new Error(`No step gave the tensor ${name}.`);
  return tensor;
}
