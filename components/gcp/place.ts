import type * as pulumi from "@pulumi/pulumi";

/** Where a stack's Google Cloud resources live, and what kind of environment they serve. */
export interface GcpPlace {
  /** Stack, such as prod; part of every name and label. */
  readonly stack: string;
  /** Decides safe defaults: standby, deletion protection, spot. */
  readonly environment: "dev" | "staging" | "prod";
  /** Project id. Resources made from `GcpApis.project` wait until the project's APIs are on. */
  readonly project: pulumi.Input<string>;
  /** Region, such as europe-west4. */
  readonly region: string;
}

/** Labels that every resource of a component carries, for cost reports and for finding what belongs to a stack. */
export function standardLabels({ stack, environment }: GcpPlace, component: string): Record<string, string> {
  return { "managed-by": "tideline", stack: labelValue(stack), environment, component: labelValue(component) };
}

/** Whether data and clusters of this environment refuse deletion until the caller says otherwise. */
export function protects({ environment }: GcpPlace, asked: boolean | undefined): boolean {
  return asked ?? environment === "prod";
}

/** Label values: at most 63 lower-case letters, digits, - and _. */
function labelValue(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "-")
    .slice(0, 63);
}
