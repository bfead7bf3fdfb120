import { list } from "../frame/read";
import { defineRule } from "../frame/rule";

/** An Ingress has a certificate. */
export const ingressTls = defineRule({
  name: "ingress-tls",
  title: "An Ingress has a certificate.",
  why: "Requests with personal data come in plain text otherwise.",
  fix: "Set spec.tls.",
  severity: "high",
  purpose: "encryptionInTransit",
  types: ["kubernetes:networking.k8s.io/v1:Ingress"],
  check: ({ props }) => (list(props, "spec.tls").length > 0 ? [] : ["spec.tls is empty."]),
});
