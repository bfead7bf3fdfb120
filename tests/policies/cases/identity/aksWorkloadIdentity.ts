import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:containerservice:ManagedCluster",
  pass: [{ oidcIssuerProfile: { enabled: true }, securityProfile: { workloadIdentity: { enabled: true } } }],
  fail: [
    {
      props: { oidcIssuerProfile: { enabled: false }, securityProfile: { workloadIdentity: { enabled: true } } },
      problems: ["oidcIssuerProfile.enabled is false; it must be true."],
    },
    {
      props: { oidcIssuerProfile: { enabled: true }, securityProfile: { workloadIdentity: { enabled: false } } },
      problems: ["securityProfile.workloadIdentity.enabled is false; it must be true."],
    },
    {
      props: {},
      problems: [
        "oidcIssuerProfile.enabled is not set; it must be true.",
        "securityProfile.workloadIdentity.enabled is not set; it must be true.",
      ],
    },
  ],
};
