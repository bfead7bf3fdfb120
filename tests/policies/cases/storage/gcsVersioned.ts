import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:storage/bucket:Bucket",
  pass: [{ versioning: { enabled: true } }],
  fail: [
    { props: { versioning: { enabled: false } }, problems: ["versioning.enabled is false; it must be true."] },
    { props: {}, problems: ["versioning.enabled is not set; it must be true."] },
  ],
};
