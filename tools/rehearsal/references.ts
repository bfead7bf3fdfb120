import type { Catalogue } from "./catalogue";
import { visitInputs } from "./inputWalk";
import type { InputRule, Live, ResourceType } from "./resourceType";
import { type Properties, UNKNOWN } from "./wire";

/** An input that must name another resource. */
export interface Reference {
  readonly path: string;
  readonly value: unknown;
  readonly to: NonNullable<InputRule["refers"]>;
}

/** Outputs by which any resource may be named, whatever its type. */
const COMMON_NAMES = ["arn", "name", "selfLink"];

/** The references among a resource's inputs. */
export function referencesOf(type: ResourceType, inputs: Properties): Reference[] {
  return [...visitInputs(type, inputs)].flatMap(({ path, value, rule }) =>
    rule?.refers && value !== UNKNOWN && value !== "" ? [{ path, value, to: rule.refers }] : [],
  );
}

/** Is the resource known by this value: its id, one of the outputs in `by`, its ARN, name or self link? */
export function isNamed({ id, outputs }: Live, value: unknown, by: readonly string[] = COMMON_NAMES): boolean {
  // What is not given names nothing, although outputs that a resource has not are not given either.
  return value !== undefined && (id === value || by.some((name) => outputs[name] === value));
}

/** The resource among those that a reference means. */
export function resolve<T extends Live>(resources: readonly T[], { value, to }: Reference): T | undefined {
  return resources.find((live) => to.to.includes(live.token) && isNamed(live, value, to.by));
}

/** The first resource that refers to `target`, other than itself. */
export function referrer<T extends Live>(catalogue: Catalogue, resources: readonly T[], target: Live): T | undefined {
  return resources.find((live) => {
    if (live.token === target.token && live.id === target.id) return false;
    const type = catalogue.typeOf(live.token);
    if (!type) return false;
    return referencesOf(type, live.inputs).some(
      ({ value, to }) => to.to.includes(target.token) && isNamed(target, value, to.by),
    );
  });
}
