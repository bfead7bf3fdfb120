import { allowances } from "../frame/documents";
import { read } from "../frame/read";
import { ofType } from "../frame/relations";
import { defineRule, type Finding, type StackResource } from "../frame/rule";

/** Pods take a role on through these; the store itself copies objects through the others. */
const AWS_PRINCIPALS = /^(Federated:.*oidc-provider|Service:pods\.eks\.|Service:(batchoperations\.)?s3\.)/;

const BUCKETS = ["aws:s3/bucket:Bucket", "azure-native:storage:StorageAccount", "azure-native:storage:BlobContainer"];

/** Buckets are reached by workloads' own identities alone. */
export const bucketWorkloads = defineRule({
  name: "bucket-workloads",
  title: "A bucket is granted to workloads' own identities of its stack, and to nobody else.",
  why: "A person, a node or another stack that reads models and data leaves the trail of no workload.",
  fix: "Grant through components' identities: Pod Identity, a service account or a managed identity of this stack.",
  severity: "high",
  purpose: "access",
  types: [
    "aws:iam/rolePolicy:RolePolicy",
    "gcp:storage/bucketIAMMember:BucketIAMMember",
    "azure-native:authorization:RoleAssignment",
  ],
  checkStack: (resources) => [
    ...ofType(resources, "aws:iam/rolePolicy:RolePolicy").flatMap(awsFindings),
    ...ofType(resources, "gcp:storage/bucketIAMMember:BucketIAMMember").flatMap((grant) =>
      unlessMadeOf(grant, "member", ["gcp:serviceaccount/account:Account"], "a service account"),
    ),
    ...ofType(resources, "azure-native:authorization:RoleAssignment")
      .filter((grant) => madeOf(grant, "scope", BUCKETS).length > 0)
      .flatMap((grant) =>
        unlessMadeOf(grant, "principalId", ["azure-native:managedidentity:UserAssignedIdentity"], "a managed identity"),
      ),
  ],
});

/** A policy about buckets belongs to a role that only pods, or the store, can take on. */
function awsFindings(policy: StackResource): Finding[] {
  if (madeOf(policy, "policy", BUCKETS).length === 0) return [];
  const roles = madeOf(policy, "role", ["aws:iam/role:Role"]);
  const others = roles.flatMap((role) =>
    allowances(read(role.props, "assumeRolePolicy"))
      .flatMap(({ principals }) => principals)
      .filter((principal) => !AWS_PRINCIPALS.test(principal)),
  );
  if (others.length === 0) return [];
  return [
    { urn: policy.urn, text: `It grants a bucket to a role that ${[...new Set(others)].join(", ")} can take on.` },
  ];
}

function unlessMadeOf(grant: StackResource, property: string, types: readonly string[], wanted: string): Finding[] {
  if (madeOf(grant, property, types).length > 0) return [];
  return [{ urn: grant.urn, text: `${property} is not ${wanted} of this stack.` }];
}

function madeOf(resource: StackResource, property: string, types: readonly string[]): readonly StackResource[] {
  return (resource.propertyDependencies[property] ?? []).filter(({ type }) => types.includes(type));
}
