import { read, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Machines reach Google's APIs without the internet. */
export const gcpPrivateGoogleAccess = defineRule({
  name: "gcp-private-google-access",
  title: "Machines reach Google's APIs without the internet.",
  why: "Image pulls and model downloads leave the network otherwise.",
  fix: "Set privateIpGoogleAccess to true.",
  severity: "low",
  purpose: "boundary",
  types: ["gcp:compute/subnetwork:Subnetwork"],
  check: ({ props }) => {
    if (!["undefined", "PRIVATE"].includes(String(read(props, "purpose")))) return [];
    const value = read(props, "privateIpGoogleAccess");
    return value === true ? [] : [`privateIpGoogleAccess is ${show(value)}; it must be true.`];
  },
});
