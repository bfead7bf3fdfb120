import { eachContainer, WORKLOADS } from "../frame/containers";
import { defineRule } from "../frame/rule";

/** Images are named by digest. */
export const podImageDigest = defineRule({
  name: "pod-image-digest",
  title: "Images are named by digest.",
  why: "A tag can be moved to another image between test and production.",
  fix: "Append @sha256:... to the image.",
  severity: "medium",
  purpose: "integrity",
  types: WORKLOADS,
  check: eachContainer((container) => {
    const image = String(container.image);
    return /@sha256:[0-9a-f]{64}$/.test(image) ? [] : [`image is ${image}; it must end in @sha256: and a digest.`];
  }),
});
