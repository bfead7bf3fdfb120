import { podOf } from "./containers";
import { objects } from "./read";
import type { Properties, Resource } from "./rule";

/** Reads a variable of a container; undefined when it is not set as text. */
type Variable = (name: string) => string | undefined;

/** Containers that serve a model: those of the serving service, which MODEL_NAME tells. */
export function modelServers(resource: Resource): readonly Properties[] {
  return objects(podOf(resource), "containers").filter(
    (container) => variableOf(container)("MODEL_NAME") !== undefined,
  );
}

/** Runs a check on every container that serves a model. */
export function eachModelServer(problemsOf: (variable: Variable) => readonly string[]) {
  return (resource: Resource): string[] =>
    modelServers(resource).flatMap((container) =>
      problemsOf(variableOf(container)).map((problem) => `Container ${String(container.name)}: ${problem}`),
    );
}

function variableOf(container: Properties): Variable {
  return (name) => {
    const found = objects(container, "env").find((variable) => variable.name === name);
    return found?.value === undefined ? undefined : String(found.value);
  };
}
