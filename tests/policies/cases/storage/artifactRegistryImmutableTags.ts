import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:artifactregistry/repository:Repository",
  pass: [{ format: "DOCKER", dockerConfig: { immutableTags: true } }, { format: "NPM" }],
  fail: [{ props: { format: "DOCKER" }, problems: ["dockerConfig.immutableTags is not true."] }],
};
