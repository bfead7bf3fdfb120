import type { StackResource } from "../../policies/frame/rule";

/** Inputs on which a resource rule is tried. Those of `pass` have nothing wrong in the eyes of that rule. */
export interface RuleCases {
  readonly type: string;
  readonly pass: readonly Readonly<Record<string, unknown>>[];
  readonly fail: readonly {
    readonly props: Readonly<Record<string, unknown>>;
    readonly problems: readonly string[];
  }[];
}

/** A resource of a sketched stack; `refs` names, by input, the resources whose outputs it was made from. */
export interface Sketch {
  readonly type: string;
  readonly name: string;
  readonly props?: Readonly<Record<string, unknown>>;
  readonly refs?: Readonly<Record<string, readonly string[]>>;
}

/** Stacks on which a stack rule is tried. */
export interface StackCases {
  readonly pass: readonly (readonly Sketch[])[];
  readonly fail: readonly { readonly stack: readonly Sketch[]; readonly problems: readonly string[] }[];
}

/** The resources of a sketch, as the engine hands them to a stack rule. */
export function drawStack(sketches: readonly Sketch[]): StackResource[] {
  const named = new Map<string, { propertyDependencies: Record<string, StackResource[]> } & StackResource>();
  for (const { type, name, props = {} } of sketches) {
    named.set(name, { type, name, urn: `urn:${name}`, props, dependencies: [], propertyDependencies: {} });
  }
  for (const { name, refs = {} } of sketches) {
    for (const [property, targets] of Object.entries(refs)) {
      const found = targets.flatMap((target) => named.get(target) ?? []);
      const resource = named.get(name);
      if (resource) resource.propertyDependencies[property] = found;
    }
  }
  return [...named.values()];
}
