import { mustNotBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** No one gets a basic role on a project. */
export const gcpNoBasicRoles = defineRule({
  name: "gcp-no-basic-roles",
  title: "No one gets a basic role on a project.",
  why: "Editor may change nearly everything, service accounts included.",
  fix: "Grant a predefined or custom role.",
  severity: "critical",
  purpose: "leastPrivilege",
  cis: ["GCP 3.0 1.5"],
  types: ["gcp:projects/iAMMember:IAMMember", "gcp:projects/iAMBinding:IAMBinding"],
  check: mustNotBe("role", ["roles/owner", "roles/editor", "roles/viewer"]),
});
