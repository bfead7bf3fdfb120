import { OAuth2Proxy, type OAuth2ProxyArgs, proxyConfig } from "../../../../components/kubernetes/security/oauth2Proxy";
import { clusterTarget, recordKubernetes } from "../../../support/kubernetesCluster";

const args: OAuth2ProxyArgs = {
  target: clusterTarget(),
  issuerUrl: "https://login.example.org",
  credentialsSecret: "sign-in",
  mailDomains: ["example.org"],
  groups: ["ml"],
  upstreams: { "/grafana/": "http://grafana.monitoring.svc:80" },
  hostname: "tools.example.org",
};

test("people sign in with their own accounts; the client's secret is by reference", async () => {
  const { one } = await recordKubernetes(() => new OAuth2Proxy("sign-in", args));
  expect(one("kubernetes:helm.sh/v3:Release").inputs.values).toMatchObject({
    replicaCount: 2,
    config: { existingSecret: "sign-in", configFile: proxyConfig(args) },
  });
});

test("the session is a cookie that scripts and plain connections do not see, for a working day", () => {
  const config = proxyConfig(args);
  for (const line of [
    'oidc_issuer_url = "https://login.example.org"',
    'email_domains = ["example.org"]',
    'allowed_groups = ["ml"]',
    'upstreams = ["http://grafana.monitoring.svc/grafana/"]',
    'redirect_url = "https://tools.example.org/oauth2/callback"',
    'code_challenge_method = "S256"',
    "cookie_secure = true",
    "cookie_httponly = true",
    'cookie_expire = "8h"',
    "skip_auth_strip_headers = true",
  ]) {
    expect(config.split("\n")).toContain(line);
  }
});

test("letting in everybody is refused", async () => {
  const open = { ...args, issuerUrl: "http://login", mailDomains: ["*"], upstreams: { grafana: "http://grafana" } };
  await expect(recordKubernetes(() => new OAuth2Proxy("sign-in", open))).rejects.toThrow(
    [
      'OAuth2Proxy "sign-in" cannot be planned:',
      '  issuerUrl is "http://login"; give the https:// address of an OpenID Connect issuer.',
      "  mailDomains is [*]; name the domains of those who may come in, never all.",
      '  upstreams["grafana"] is no path; start it with a slash.',
    ].join("\n"),
  );
});
