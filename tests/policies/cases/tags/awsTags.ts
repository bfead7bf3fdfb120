import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:ec2/vpc:Vpc",
  pass: [{ tagsAll: { Project: "tideline", Stack: "prod", Environment: "prod", ManagedBy: "pulumi" } }],
  fail: [
    {
      props: { tags: { Project: "tideline", Stack: "prod", Environment: "" } },
      problems: ["tags lacks Environment, ManagedBy."],
    },
    { props: {}, problems: ["tags lacks Project, Stack, Environment, ManagedBy."] },
  ],
};
