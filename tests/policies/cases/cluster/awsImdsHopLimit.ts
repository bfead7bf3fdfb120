import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  pass: [{ metadataOptions: { httpPutResponseHopLimit: 1 } }],
  fail: [
    {
      props: { metadataOptions: { httpPutResponseHopLimit: 2 } },
      problems: ["metadataOptions.httpPutResponseHopLimit is 2; it must be 1."],
    },
    { props: {}, problems: ["metadataOptions.httpPutResponseHopLimit is not set; it must be 1."] },
  ],
};
