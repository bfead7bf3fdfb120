import { objects, read, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** RDS Postgres refuses connections without TLS. */
export const rdsTlsForced = defineRule({
  name: "rds-tls-forced",
  title: "RDS Postgres refuses connections without TLS.",
  why: "Clients fall back to plain text on their own.",
  fix: "Add the parameter rds.force_ssl with value 1.",
  severity: "high",
  purpose: "encryptionInTransit",
  types: ["aws:rds/parameterGroup:ParameterGroup"],
  check: ({ props }) => {
    if (!String(read(props, "family")).startsWith("postgres")) return [];
    const forced = objects(props, "parameters").find(({ name }) => name === "rds.force_ssl");
    return String(forced?.value) === "1" ? [] : [`rds.force_ssl is ${show(forced?.value)}; it must be 1.`];
  },
});
