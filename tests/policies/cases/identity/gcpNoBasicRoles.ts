import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:projects/iAMMember:IAMMember",
  pass: [{ role: "roles/container.viewer" }],
  fail: [{ props: { role: "roles/owner" }, problems: ["role is roles/owner; it must not be."] }],
};
