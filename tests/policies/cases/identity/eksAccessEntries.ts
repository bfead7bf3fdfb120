import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:eks/cluster:Cluster",
  pass: [{ accessConfig: { authenticationMode: "API" } }],
  fail: [
    {
      props: { accessConfig: { authenticationMode: "another" } },
      problems: ["accessConfig.authenticationMode is another; it must be API."],
    },
    { props: {}, problems: ["accessConfig.authenticationMode is not set; it must be API."] },
  ],
};
