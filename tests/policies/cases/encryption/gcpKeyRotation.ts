import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:kms/cryptoKey:CryptoKey",
  pass: [{ rotationPeriod: "7776000s" }, { purpose: "ASYMMETRIC_SIGN" }],
  fail: [
    { props: { rotationPeriod: "31536000s" }, problems: ["rotationPeriod is 31536000s; it must be at most 90 days."] },
    { props: {}, problems: ["rotationPeriod is not set; it must be at most 90 days."] },
  ],
};
