import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** An ECR tag always means the same image. */
export const ecrImmutableTags = defineRule({
  name: "ecr-immutable-tags",
  title: "An ECR tag always means the same image.",
  why: "A tag that moves lets an untested image into production.",
  fix: "Set imageTagMutability to IMMUTABLE.",
  severity: "medium",
  purpose: "integrity",
  types: ["aws:ecr/repository:Repository"],
  check: mustBe("imageTagMutability", "IMMUTABLE"),
});
