import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** A Cloud Storage bucket cannot be made public. */
export const gcsNotPublic = defineRule({
  name: "gcs-not-public",
  title: "A Cloud Storage bucket cannot be made public.",
  why: "One grant to allUsers opens it otherwise.",
  fix: "Set publicAccessPrevention to enforced.",
  severity: "critical",
  purpose: "boundary",
  cis: ["GCP 3.0 5.1"],
  types: ["gcp:storage/bucket:Bucket"],
  check: mustBe("publicAccessPrevention", "enforced"),
});
