import type { SealStanza } from "./seal";

/** Where the server's certificate is mounted. */
export const TLS_FOLDER = "/vault/userconfig/vault-tls";
/** Where the audit device writes; a volume of its own. */
export const AUDIT_FILE = "/vault/audit/audit.log";

/** Vault's configuration file: one member of a Raft cluster that finds the others by their stable names. */
export function serverConfig(seal: SealStanza, replicas: number): string {
  const tls = (prefix: string) => ({
    [`${prefix}_cert_file`]: `${TLS_FOLDER}/tls.crt`,
    [`${prefix}_key_file`]: `${TLS_FOLDER}/tls.key`,
  });
  const joins = Array.from({ length: replicas }, (_, index) =>
    block("retry_join", {
      leader_api_addr: `https://vault-${index}.vault-internal:8200`,
      leader_ca_cert_file: `${TLS_FOLDER}/ca.crt`,
      ...tls("leader_client"),
    }),
  );
  const telemetry = block("telemetry", { unauthenticated_metrics_access: true });
  return [
    "ui = true",
    // Raft keeps its data in files that the kernel caches; locking it all would take more memory than the limit.
    "disable_mlock = true",
    block(
      'listener "tcp"',
      {
        address: "[::]:8200",
        cluster_address: "[::]:8201",
        ...tls("tls"),
        tls_client_ca_file: `${TLS_FOLDER}/ca.crt`,
        tls_min_version: "tls12",
      },
      [telemetry],
    ),
    block('storage "raft"', { path: "/vault/data" }, joins),
    block(`seal "${seal.type}"`, seal.arguments),
    'service_registration "kubernetes" {}',
    block("telemetry", { prometheus_retention_time: "30s", disable_hostname: true }),
    "",
  ].join("\n");
}

/** A block of HCL. Strings are quoted as JSON, which HCL reads the same but for a dollar before a brace. */
function block(
  head: string,
  values: Readonly<Record<string, string | boolean>>,
  inner: readonly string[] = [],
): string {
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${quoted(value)}`);
  const body = [...lines, ...inner].join("\n").replaceAll(/^/gm, "  ");
  return `${head} {\n${body}\n}`;
}

const quoted = (value: string | boolean) => JSON.stringify(value).replaceAll("${", () => "$${");
