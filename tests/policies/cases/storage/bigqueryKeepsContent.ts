import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:bigquery/dataset:Dataset",
  pass: [{ deleteContentsOnDestroy: false }],
  fail: [{ props: { deleteContentsOnDestroy: true }, problems: ["deleteContentsOnDestroy is true; it must not be."] }],
};
