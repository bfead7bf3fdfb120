import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:redis/instance:Instance",
  pass: [{ transitEncryptionMode: "SERVER_AUTHENTICATION" }],
  fail: [
    {
      props: { transitEncryptionMode: "another" },
      problems: ["transitEncryptionMode is another; it must be SERVER_AUTHENTICATION."],
    },
    { props: {}, problems: ["transitEncryptionMode is not set; it must be SERVER_AUTHENTICATION."] },
  ],
};
