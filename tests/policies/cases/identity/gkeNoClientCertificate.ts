import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/cluster:Cluster",
  pass: [{ masterAuth: { clientCertificateConfig: { issueClientCertificate: false } } }],
  fail: [
    {
      props: { masterAuth: { clientCertificateConfig: { issueClientCertificate: true } } },
      problems: ["masterAuth.clientCertificateConfig.issueClientCertificate is true; it must not be."],
    },
  ],
};
