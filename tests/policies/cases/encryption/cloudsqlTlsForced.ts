import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:sql/databaseInstance:DatabaseInstance",
  pass: [{ settings: { ipConfiguration: { sslMode: "ENCRYPTED_ONLY" } } }],
  fail: [
    {
      props: { settings: { ipConfiguration: { sslMode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED" } } },
      problems: [
        "settings.ipConfiguration.sslMode is ALLOW_UNENCRYPTED_AND_ENCRYPTED; it must be ENCRYPTED_ONLY or TRUSTED_CLIENT_CERTIFICATE_REQUIRED.",
      ],
    },
    {
      props: {},
      problems: [
        "settings.ipConfiguration.sslMode is not set; it must be ENCRYPTED_ONLY or TRUSTED_CLIENT_CERTIFICATE_REQUIRED.",
      ],
    },
  ],
};
