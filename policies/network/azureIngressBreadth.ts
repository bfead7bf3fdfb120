import { breadthProblems } from "../frame/addresses";
import { list, objects, show, texts } from "../frame/read";
import { defineRule } from "../frame/rule";
import { textsSetting } from "../frame/settings";

/** Network security groups let in few public addresses, except to web ports. */
export const azureIngressBreadth = defineRule({
  name: "azure-ingress-breadth",
  title: "Network security groups let in few public addresses, except to web ports.",
  why: "A port open to the internet is tried within minutes.",
  fix: "Name the few ranges that need it, or put a load balancer in front.",
  severity: "critical",
  purpose: "boundary",
  cis: ["Azure 3.0 7.1", "Azure 3.0 7.2"],
  config: {
    maxAddresses: { type: "number", default: 256, description: "Public addresses that one rule may let in." },
    webPorts: textsSetting(["80", "443"], "Ports that anyone may reach."),
  },
  types: ["azure-native:network:NetworkSecurityGroup"],
  check: ({ props }, { maxAddresses, webPorts }) =>
    objects(props, "securityRules").flatMap((rule) => {
      if (rule.access !== "Allow" || rule.direction !== "Inbound") return [];
      const ports = [...texts(rule, "destinationPortRange"), ...texts(rule, "destinationPortRanges")];
      const web = list({ webPorts }, "webPorts");
      if (ports.length > 0 && ports.every((port) => web.includes(port))) return [];
      const sources = [...texts(rule, "sourceAddressPrefix"), ...texts(rule, "sourceAddressPrefixes")];
      const everyone = sources.some((source) => source === "*" || source === "Internet");
      // Other words are service tags, such as VirtualNetwork and AzureLoadBalancer.
      const ranges = everyone
        ? ["0.0.0.0/0"]
        : sources.filter((source) => /[.:]/.test(source) && /^[0-9a-f]/i.test(source));
      return breadthProblems(`Rule ${show(rule.name)}, ports ${ports.join(", ")},`, ranges, Number(maxAddresses));
    }),
});
