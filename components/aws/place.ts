import type * as pulumi from "@pulumi/pulumi";
import { type NameLimit, physicalName } from "../naming";

/** Where a stack's AWS resources live, and what kind of environment they serve. Every component takes it. */
export interface AwsPlace {
  /** Stack, such as prod; part of every name and tag. */
  readonly stack: string;
  /** Decides safe defaults: standby, deletion protection, spot, retention. */
  readonly environment: "dev" | "staging" | "prod";
  /** Account id, twelve digits. */
  readonly accountId: pulumi.Input<string>;
  /** Region, such as us-east-1. */
  readonly region: string;
  /** Whether clusters, data and filled buckets refuse to go. @default true in prod */
  readonly deletionProtection?: boolean;
  /** Tags besides the standard ones. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Tags that every resource carries, for cost reports and for finding what belongs to a stack. */
export function standardTags({ stack, environment, tags }: AwsPlace, component: string): Record<string, string> {
  return {
    Project: "tideline",
    Stack: stack,
    Environment: environment,
    Component: component,
    ManagedBy: "pulumi",
    ...tags,
  };
}

/** The standard tags and the Name that the console shows. */
export function namedTags(place: AwsPlace, component: string, part?: string): Record<string, string> {
  return { ...standardTags(place, component), Name: awsName(place, component, TAG_VALUE, part) };
}

/** Physical name of a component's resource. */
export function awsName({ stack }: AwsPlace, component: string, limit: NameLimit, part?: string): string {
  return physicalName({ stack, component, ...(part === undefined ? {} : { part }) }, limit);
}

/** Whether data and clusters refuse deletion: in prod, unless the caller says otherwise. */
export function protects({ environment, deletionProtection }: AwsPlace): boolean {
  return deletionProtection ?? environment === "prod";
}

const TAG_VALUE: NameLimit = { maxLength: 255, separator: "-" };
