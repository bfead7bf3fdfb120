import * as pulumi from "@pulumi/pulumi";

/** One wrong argument: where it is, and why, with the value seen, what is allowed and what to do. */
export interface ArgumentProblem {
  /** Path inside the component's args, such as nodePools.gpu.max. */
  readonly path: string;
  /** The rest of the sentence that starts with the path. */
  readonly reason: string;
}

/**
 * Refuses a component's arguments while planning, all problems together, before any resource is registered.
 * @throws {pulumi.InputPropertiesError} naming component and instance, unless there is no problem.
 */
export function refuseProblems(component: string, name: string, problems: readonly ArgumentProblem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ path, reason }) => `  ${path} ${reason}`);
  throw new pulumi.InputPropertiesError({
    message: `${component} "${name}" cannot be planned:\n${lines.join("\n")}`,
    errors: problems.map(({ path, reason }) => ({ propertyPath: path, reason: `${component} "${name}": ${reason}` })),
  });
}

/** A problem as a list of one, or none; `reason` counts only when the argument is wrong. */
export function problemIf(wrong: boolean, path: string, reason: string): readonly ArgumentProblem[] {
  return wrong ? [{ path, reason }] : [];
}

/** The problems of a nested component's args, with the path that leads to them. */
export function within(path: string, problems: readonly ArgumentProblem[]): readonly ArgumentProblem[] {
  return problems.map((problem) => ({ ...problem, path: `${path}.${problem.path}` }));
}
