import { mustNotBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** GKE hands out no client certificate. */
export const gkeNoClientCertificate = defineRule({
  name: "gke-no-client-certificate",
  title: "GKE hands out no client certificate.",
  why: "A certificate cannot be revoked before it expires.",
  fix: "Set masterAuth.clientCertificateConfig.issueClientCertificate to false.",
  severity: "medium",
  purpose: "credentials",
  cis: ["GKE 1.6 5.8.1"],
  types: ["gcp:container/cluster:Cluster"],
  check: mustNotBe("masterAuth.clientCertificateConfig.issueClientCertificate", [true]),
});
