import { read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** A tag in Artifact Registry always means the same image. */
export const artifactRegistryImmutableTags = defineRule({
  name: "artifact-registry-immutable-tags",
  title: "A tag in Artifact Registry always means the same image.",
  why: "A tag that moves lets an untested image into production.",
  fix: "Set dockerConfig.immutableTags to true.",
  severity: "medium",
  purpose: "integrity",
  types: ["gcp:artifactregistry/repository:Repository"],
  check: ({ props }) => {
    if (props.format !== "DOCKER" || read(props, "dockerConfig.immutableTags") === true) return [];
    return ["dockerConfig.immutableTags is not true."];
  },
});
