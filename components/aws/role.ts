import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import { NAME_LIMITS } from "../naming";
import { type AwsPlace, awsName, standardTags } from "./place";

export interface RoleArgs {
  readonly place: AwsPlace;
  readonly description: string;
  /** Trust policy, JSON. */
  readonly trust: pulumi.Input<string>;
  /** Names of AWS's own policies, such as AmazonEKSClusterPolicy. @default none */
  readonly managed?: readonly string[];
  /** Policies of our own, by name, JSON. @default none */
  readonly inline?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** A role with its policies. */
export interface RoleWithPolicies {
  readonly role: iam.Role;
  /** What must exist before the role can do its work. */
  readonly policies: readonly pulumi.Resource[];
}

/** Makes a role and attaches its policies one by one, so that changing one never touches the others. */
export function role(name: string, args: RoleArgs, opts: pulumi.CustomResourceOptions): RoleWithPolicies {
  const { place, description, trust, managed = [], inline = {} } = args;
  const made = new iam.Role(
    name,
    {
      name: awsName(place, name, NAME_LIMITS.awsIamRole),
      description,
      assumeRolePolicy: trust,
      tags: standardTags(place, name),
    },
    opts,
  );
  const attached = managed.map(
    (policy) =>
      new iam.RolePolicyAttachment(
        `${name}-${policy.split("/").at(-1)}`,
        { role: made.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        opts,
      ),
  );
  const own = Object.entries(inline).map(
    ([policyName, policy]) =>
      new iam.RolePolicy(`${name}-${policyName}`, { role: made.name, name: policyName, policy }, opts),
  );
  return { role: made, policies: [...attached, ...own] };
}
