import { mustNotBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Nobody pulls images without signing in. */
export const acrNoAnonymous = defineRule({
  name: "acr-no-anonymous",
  title: "Nobody pulls images without signing in.",
  why: "Images hold code and models.",
  fix: "Set anonymousPullEnabled to false.",
  severity: "high",
  purpose: "boundary",
  types: ["azure-native:containerregistry:Registry"],
  check: mustNotBe("anonymousPullEnabled", [true]),
});
