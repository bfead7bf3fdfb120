import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import type * as inputs from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";

/** An object of a kind that an operator defines, as its own types describe it. */
export interface CustomObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec?: unknown;
}

/** What is said of such an object: its kind, a name of its own, and a spec that may wait for other resources. */
export interface CustomObjectArgs<T extends CustomObject> {
  readonly apiVersion: T["apiVersion"];
  readonly kind: T["kind"];
  readonly metadata: inputs.meta.v1.ObjectMeta & { readonly name: pulumi.Input<string> };
  readonly spec: pulumi.Input<NonNullable<T["spec"]>>;
}

/** Puts an object of an operator's kind on the cluster; the type parameter holds its spec to the operator's schema. */
export function customResource<T extends CustomObject>(
  name: string,
  object: CustomObjectArgs<T>,
  opts: pulumi.CustomResourceOptions,
): CustomResource {
  return new CustomResource(name, { ...object }, opts);
}
