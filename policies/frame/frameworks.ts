/** Requirements that a rule helps to meet, as `FRAMEWORK requirement`, such as `PCI DSS 4.0 1.4.1`. */
export type Requirements = readonly string[];

/**
 * Rules of one purpose serve the same requirements: the AICPA trust services criteria (SOC 2), the HIPAA security rule
 * (45 CFR 164), the GDPR and PCI DSS 4.0. CIS items differ by rule and stand in the rule.
 */
export const PURPOSES = {
  boundary: ["SOC 2 CC6.6", "HIPAA 164.312(a)(1)", "GDPR Art. 32", "PCI DSS 4.0 1.4.1"],
  access: ["SOC 2 CC6.1", "HIPAA 164.312(a)(1)", "GDPR Art. 32", "PCI DSS 4.0 7.2.1"],
  leastPrivilege: ["SOC 2 CC6.3", "HIPAA 164.308(a)(4)", "GDPR Art. 25", "PCI DSS 4.0 7.2.2"],
  credentials: ["SOC 2 CC6.1", "HIPAA 164.312(d)", "GDPR Art. 32", "PCI DSS 4.0 8.6.2"],
  encryptionAtRest: ["SOC 2 CC6.1", "HIPAA 164.312(a)(2)(iv)", "GDPR Art. 32", "PCI DSS 4.0 3.5.1"],
  encryptionInTransit: ["SOC 2 CC6.7", "HIPAA 164.312(e)(1)", "GDPR Art. 32", "PCI DSS 4.0 4.2.1"],
  audit: ["SOC 2 CC7.2", "HIPAA 164.312(b)", "GDPR Art. 32", "PCI DSS 4.0 10.2.1"],
  backup: ["SOC 2 A1.2", "HIPAA 164.308(a)(7)", "GDPR Art. 32"],
  availability: ["SOC 2 A1.2", "HIPAA 164.308(a)(7)", "GDPR Art. 32"],
  hardening: ["SOC 2 CC6.8", "PCI DSS 4.0 2.2.1"],
  patching: ["SOC 2 CC7.1", "PCI DSS 4.0 6.3.3"],
  integrity: ["SOC 2 CC8.1", "HIPAA 164.312(c)(1)", "PCI DSS 4.0 6.3.2"],
  retention: ["SOC 2 C1.2", "GDPR Art. 5(1)(e)", "PCI DSS 4.0 3.2.1"],
  ownership: ["SOC 2 CC6.1", "PCI DSS 4.0 12.5.1"],
  capacity: ["SOC 2 A1.1"],
} as const satisfies Readonly<Record<string, Requirements>>;

/** Why a group of rules exists. */
export type Purpose = keyof typeof PURPOSES;
