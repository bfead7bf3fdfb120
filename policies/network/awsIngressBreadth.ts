import { breadthProblems } from "../frame/addresses";
import { list, objects, read, show, texts } from "../frame/read";
import { defineRule } from "../frame/rule";
import { textsSetting } from "../frame/settings";

/** Security groups let in few public addresses, except to web ports. */
export const awsIngressBreadth = defineRule({
  name: "aws-ingress-breadth",
  title: "Security groups let in few public addresses, except to web ports.",
  why: "A port open to the internet is tried within minutes.",
  fix: "Name the few ranges that need it, or put a load balancer in front.",
  severity: "critical",
  purpose: "boundary",
  cis: ["AWS 3.0 5.2", "AWS 3.0 5.3"],
  config: {
    maxAddresses: { type: "number", default: 256, description: "Public addresses that one rule may let in." },
    webPorts: textsSetting(["80", "443"], "Ports that anyone may reach."),
  },
  types: [
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  ],
  check: ({ props, type }, { maxAddresses, webPorts }) => {
    if (props.type === "egress") return [];
    const rules = type.endsWith(":SecurityGroup") ? objects(props, "ingress") : [props];
    return rules.flatMap((rule) => {
      const [from, to] = [read(rule, "fromPort"), read(rule, "toPort")];
      if (from === to && list({ webPorts }, "webPorts").includes(String(from))) return [];
      const ranges = ["cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6"].flatMap((key) => texts(rule, key));
      return breadthProblems(`Ports ${show(from)} to ${show(to)}`, ranges, Number(maxAddresses));
    });
  },
});
