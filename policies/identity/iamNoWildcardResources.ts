import { allowances } from "../frame/documents";
import { read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Actions that change nothing, and those that AWS can allow only for every resource. */
const READING =
  /:(Describe|Get|List|BatchGet|Lookup|Filter)|^(ecr:GetAuthorizationToken|cloudwatch:PutMetricData|xray:Put.*|ssmmessages:.*|ec2messages:.*)$/;

/** An IAM policy that changes something names what. */
export const iamNoWildcardResources = defineRule({
  name: "iam-no-wildcard-resources",
  title: "An IAM policy that changes something names what.",
  why: "On every resource means also on another team's, and on those of tomorrow.",
  fix: "Name the resource, or limit it by a condition; reading needs neither.",
  severity: "high",
  purpose: "leastPrivilege",
  types: [
    "aws:iam/policy:Policy",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/groupPolicy:GroupPolicy",
  ],
  check: ({ props }) =>
    allowances(read(props, "policy")).flatMap(({ sid, actions, resources, condition }) => {
      const changing = actions.filter((action) => !READING.test(action));
      if (!resources.includes("*") || changing.length === 0 || Object.keys(condition).length > 0) return [];
      return [`${sid} allows ${changing.join(", ")} on every resource.`];
    }),
});
