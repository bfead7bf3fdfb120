import * as eks from "@pulumi/aws/eks";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsClusterArgs } from "./cluster";
import { standardTags } from "./place";

/** EKS's own policy with all rights on a cluster. Not an IAM policy: it counts inside Kubernetes alone. */
const ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/** Gives each administrator an access entry; nobody gets in by having made the cluster. */
export function grantAdministrators(
  parent: pulumi.Resource,
  name: string,
  { place, administrators }: Pick<AwsClusterArgs, "place" | "administrators">,
  clusterName: pulumi.Output<string>,
): void {
  administrators.forEach((principalArn, index) => {
    const child = `${name}-administrator-${index}`;
    const entry = new eks.AccessEntry(
      child,
      { clusterName, principalArn, type: "STANDARD", tags: standardTags(place, name) },
      // One found by asking who runs the program differs between people and CI; the first stays.
      { parent, ignoreChanges: typeof principalArn === "string" ? [] : ["principalArn"] },
    );
    new eks.AccessPolicyAssociation(
      child,
      { clusterName, principalArn: entry.principalArn, policyArn: ADMIN_POLICY, accessScope: { type: "cluster" } },
      { parent },
    );
  });
}
