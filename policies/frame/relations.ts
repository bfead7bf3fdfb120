import type { StackResource } from "./rule";

/** Resources of one type. */
export function ofType(resources: readonly StackResource[], type: string): StackResource[] {
  return resources.filter((resource) => resource.type === type);
}

/** Was `child`'s input made from an output of `parent`? */
export function refersTo(child: StackResource, property: string, parent: StackResource): boolean {
  return (child.propertyDependencies[property] ?? []).some(({ urn }) => urn === parent.urn);
}

/** Resources of a type whose input refers to the parent. */
export function belongingTo(
  resources: readonly StackResource[],
  parent: StackResource,
  type: string,
  property: string,
): StackResource[] {
  return ofType(resources, type).filter((child) => refersTo(child, property, parent));
}
