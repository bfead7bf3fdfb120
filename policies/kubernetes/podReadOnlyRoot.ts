import { eachContainer, WORKLOADS } from "../frame/containers";
import { read, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** A container cannot write to its own image. */
export const podReadOnlyRoot = defineRule({
  name: "pod-read-only-root",
  title: "A container cannot write to its own image.",
  why: "What an intruder leaves behind is gone with the next start.",
  fix: "Set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where it writes.",
  severity: "low",
  purpose: "hardening",
  types: WORKLOADS,
  check: eachContainer((container) => {
    const value = read(container, "securityContext.readOnlyRootFilesystem");
    return value === true ? [] : [`readOnlyRootFilesystem is ${show(value)}; it must be true.`];
  }),
});
