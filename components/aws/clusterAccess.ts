import * as eks from "@pulumi/aws/eks";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsClusterArgs } from "./cluster";
import { standardTags } from "./place";

/** What somebody may do on the cluster: one of EKS's own policies, everywhere or in some namespaces. */
export interface AwsAccessGrant {
  /** ARN of a role or user. */
  readonly principalArn: string;
  /** "view" leaves secrets out; "edit" changes objects; "admin" also rights in the namespaces. */
  readonly right: "view" | "edit" | "admin";
  /** @default the whole cluster */
  readonly namespaces?: readonly string[];
}

/** EKS's own policies. Not IAM policies: they count inside Kubernetes alone. */
const POLICIES = {
  view: "AmazonEKSViewPolicy",
  edit: "AmazonEKSEditPolicy",
  admin: "AmazonEKSAdminPolicy",
  everything: "AmazonEKSClusterAdminPolicy",
} as const;

/** Gives each administrator and everybody in `grants` an access entry; nobody gets in by having made the cluster. */
export function grantAccess(
  parent: pulumi.Resource,
  name: string,
  args: Pick<AwsClusterArgs, "place" | "administrators" | "grants">,
  clusterName: pulumi.Output<string>,
): void {
  const { place, administrators, grants = {} } = args;
  const grant = (
    child: string,
    principalArn: pulumi.Input<string>,
    right: keyof typeof POLICIES,
    namespaces?: string[],
  ) => {
    const entry = new eks.AccessEntry(
      child,
      { clusterName, principalArn, type: "STANDARD", tags: standardTags(place, name) },
      // One found by asking who runs the program differs between people and CI; the first stays.
      { parent, ignoreChanges: typeof principalArn === "string" ? [] : ["principalArn"] },
    );
    new eks.AccessPolicyAssociation(
      child,
      {
        clusterName,
        principalArn: entry.principalArn,
        policyArn: `arn:aws:eks::aws:cluster-access-policy/${POLICIES[right]}`,
        accessScope: namespaces ? { type: "namespace", namespaces } : { type: "cluster" },
      },
      { parent },
    );
  };
  administrators.forEach((principalArn, index) => {
    grant(`${name}-administrator-${index}`, principalArn, "everything");
  });
  for (const [who, { principalArn, right, namespaces }] of Object.entries(grants)) {
    grant(`${name}-grant-${who}`, principalArn, right, namespaces && [...namespaces]);
  }
}
