import { serverConfig } from "../../../../components/kubernetes/vault/serverConfig";

const DOLLAR = "$";
const config = serverConfig({ type: "awskms", arguments: { region: "us-east-1", kms_key_id: `a${DOLLAR}{b}` } }, 3);

test("three members find each other over TLS and unseal with the key", () => {
  expect(config).toBe(`ui = true
disable_mlock = true
listener "tcp" {
  address = "[::]:8200"
  cluster_address = "[::]:8201"
  tls_cert_file = "/vault/userconfig/vault-tls/tls.crt"
  tls_key_file = "/vault/userconfig/vault-tls/tls.key"
  tls_client_ca_file = "/vault/userconfig/vault-tls/ca.crt"
  tls_min_version = "tls12"
  telemetry {
    unauthenticated_metrics_access = true
  }
}
storage "raft" {
  path = "/vault/data"
${[0, 1, 2]
  .map(
    (index) => `  retry_join {
    leader_api_addr = "https://vault-${index}.vault-internal:8200"
    leader_ca_cert_file = "/vault/userconfig/vault-tls/ca.crt"
    leader_client_cert_file = "/vault/userconfig/vault-tls/tls.crt"
    leader_client_key_file = "/vault/userconfig/vault-tls/tls.key"
  }`,
  )
  .join("\n")}
}
seal "awskms" {
  region = "us-east-1"
  kms_key_id = "a${DOLLAR}${DOLLAR}{b}"
}
service_registration "kubernetes" {}
telemetry {
  prometheus_retention_time = "30s"
  disable_hostname = true
}
`);
});

test("each further member is one that the others may join through", () => {
  const five = serverConfig({ type: "awskms", arguments: {} }, 5);
  expect(five.match(/retry_join/g)).toHaveLength(5);
  expect(five).toContain("https://vault-4.vault-internal:8200");
});
