import type * as pulumi from "@pulumi/pulumi";
import { type NameLimit, physicalName } from "../naming";

/** Where a stack's Azure resources live, and what kind of environment they serve. */
export interface AzurePlace {
  /** Stack, such as prod; part of every name and tag. */
  readonly stack: string;
  /** Decides safe defaults: standby, geo-redundancy, deletion protection, spot. */
  readonly environment: "dev" | "staging" | "prod";
  /** Location, such as westeurope. */
  readonly location: string;
  /** Resource group that holds everything; ready once it exists. */
  readonly resourceGroupName: pulumi.Input<string>;
}

/** Tags that every resource of a component carries, for cost reports and for finding what belongs to a stack. */
export function standardTags(
  { stack, environment }: Pick<AzurePlace, "stack" | "environment">,
  component: string,
): Record<string, string> {
  return { "managed-by": "tideline", stack, environment, component };
}

/** Physical name of a component's resource, or of a part of it. */
export function azureName({ stack }: Pick<AzurePlace, "stack">, component: string, limit: NameLimit, part?: string) {
  return physicalName({ stack, component, ...(part === undefined ? {} : { part }) }, limit);
}

/** Whether data and clusters of this environment refuse deletion until the caller says otherwise. */
export function protects({ environment }: AzurePlace, asked: boolean | undefined): boolean {
  return asked ?? environment === "prod";
}
