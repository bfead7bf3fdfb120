import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "kubernetes:networking.k8s.io/v1:Ingress",
  pass: [{ spec: { tls: [{ hosts: ["models.example.com"] }] } }],
  fail: [{ props: { spec: {} }, problems: ["spec.tls is empty."] }],
};
