import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:rds/instance:Instance",
  pass: [{ manageMasterUserPassword: true }],
  fail: [
    { props: { manageMasterUserPassword: false }, problems: ["manageMasterUserPassword is false; it must be true."] },
    { props: { manageMasterUserPassword: true, password: "given" }, problems: ["password is set; it must not be."] },
    { props: {}, problems: ["manageMasterUserPassword is not set; it must be true."] },
  ],
};
