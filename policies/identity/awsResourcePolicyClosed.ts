import { allowances, isForAnyone } from "../frame/documents";
import { has, read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** No policy of a resource lets everyone in. */
export const awsResourcePolicyClosed = defineRule({
  name: "aws-resource-policy-closed",
  title: "No policy of a resource lets everyone in.",
  why: "Everyone means every AWS account, or every visitor.",
  fix: "Name principals, or add a condition on the account or the network.",
  severity: "critical",
  purpose: "boundary",
  types: [
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:kms/key:Key",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:sqs/queuePolicy:QueuePolicy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy",
    "aws:secretsmanager/secretPolicy:SecretPolicy",
  ],
  check: ({ props }) => {
    // A key without a policy of its own belongs to its account.
    if (!has(props, "policy")) return [];
    return allowances(read(props, "policy")).flatMap((statement) =>
      isForAnyone(statement) && Object.keys(statement.condition).length === 0
        ? [`${statement.sid} allows ${statement.actions.join(", ")} to everyone.`]
        : [],
    );
  },
});
