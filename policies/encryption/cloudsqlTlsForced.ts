import { mustBeOneOf } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Cloud SQL refuses connections without TLS. */
export const cloudsqlTlsForced = defineRule({
  name: "cloudsql-tls-forced",
  title: "Cloud SQL refuses connections without TLS.",
  why: "Clients fall back to plain text on their own.",
  fix: "Set settings.ipConfiguration.sslMode to ENCRYPTED_ONLY.",
  severity: "high",
  purpose: "encryptionInTransit",
  cis: ["GCP 3.0 6.4"],
  types: ["gcp:sql/databaseInstance:DatabaseInstance"],
  check: mustBeOneOf("settings.ipConfiguration.sslMode", ["ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"]),
});
