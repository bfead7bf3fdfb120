import { show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Azure Postgres refuses connections without TLS 1.2. */
export const azurePostgresTlsForced = defineRule({
  name: "azure-postgres-tls-forced",
  title: "Azure Postgres refuses connections without TLS 1.2.",
  why: "Clients fall back to plain text on their own.",
  fix: "Set require_secure_transport to on and ssl_min_protocol_version to TLSv1.2 or later.",
  severity: "high",
  purpose: "encryptionInTransit",
  cis: ["Azure 3.0 5.2.1"],
  types: ["azure-native:dbforpostgresql:Configuration"],
  check: ({ props }) => {
    const allowed = { require_secure_transport: ["on"], ssl_min_protocol_version: ["TLSv1.2", "TLSv1.3"] };
    const entry = Object.entries(allowed).find(([name]) => name === props.configurationName);
    if (!entry || entry[1].includes(String(props.value))) return [];
    return [`${entry[0]} is ${show(props.value)}; it must be ${entry[1].join(" or ")}.`];
  },
});
