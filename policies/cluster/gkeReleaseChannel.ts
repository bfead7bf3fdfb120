import { mustBeOneOf } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** GKE follows a release channel. */
export const gkeReleaseChannel = defineRule({
  name: "gke-release-channel",
  title: "GKE follows a release channel.",
  why: "Versions without one reach their end unnoticed and are then upgraded by force.",
  fix: "Set releaseChannel.channel to REGULAR or STABLE.",
  severity: "medium",
  purpose: "patching",
  cis: ["GKE 1.6 5.5.4"],
  types: ["gcp:container/cluster:Cluster"],
  check: mustBeOneOf("releaseChannel.channel", ["REGULAR", "STABLE", "EXTENDED"]),
});
