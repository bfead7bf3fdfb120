import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../../arguments";
import { PinnedChart } from "../chart";
import { CHARTS } from "../charts";
import { RESTRICTED_CONTAINER } from "../podSecurity";
import type { ClusterTarget } from "../target";

export interface OAuth2ProxyArgs {
  readonly target: ClusterTarget;
  /** OpenID Connect issuer that people sign in at. */
  readonly issuerUrl: string;
  /** Secret of namespace oauth2-proxy with keys client-id, client-secret and cookie-secret (32 bytes). */
  readonly credentialsSecret: string;
  /** Mail domains of people who may come in. At least one; `*` would let in everybody whom the issuer knows. */
  readonly mailDomains: readonly string[];
  /** Groups of the issuer that may come in. @default all of those domains */
  readonly groups?: readonly string[];
  /** What is behind it, by the path that leads there. */
  readonly upstreams: Readonly<Record<string, string>>;
  /** Host name that it is reached under. */
  readonly hostname: string;
}

const NAMESPACE = "oauth2-proxy";

/** Values of the chart that we set. */
interface OAuth2ProxyValues {
  readonly replicaCount: number;
  readonly config: { readonly existingSecret: string; readonly configFile: string };
  readonly podDisruptionBudget: {
    readonly enabled: boolean;
    readonly maxUnavailable: number;
    readonly minAvailable: null;
  };
  readonly securityContext: object;
  readonly resources: object;
  readonly metrics: { readonly enabled: boolean };
}

/** Sign-in in front of dashboards and MLflow, whose own pages know no users. */
export class OAuth2Proxy extends pulumi.ComponentResource {
  constructor(name: string, args: OAuth2ProxyArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("OAuth2Proxy", name, proxyProblems(args));
    super("tideline:kubernetes:OAuth2Proxy", name, {}, opts);
    new PinnedChart<OAuth2ProxyValues>(
      `${name}-chart`,
      {
        chart: CHARTS.oauth2Proxy,
        namespace: NAMESPACE,
        values: {
          replicaCount: args.target.environment === "prod" ? 2 : 1,
          config: { existingSecret: args.credentialsSecret, configFile: proxyConfig(args) },
          podDisruptionBudget: { enabled: true, maxUnavailable: 1, minAvailable: null },
          securityContext: { enabled: true, ...RESTRICTED_CONTAINER },
          resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "128Mi" } },
          metrics: { enabled: true },
        },
      },
      { parent: this, ...(opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}) },
    );
    this.registerOutputs();
  }
}

/** Its configuration file, TOML; strings and lists of strings are written in it as in JSON. */
export function proxyConfig({ issuerUrl, mailDomains, groups = [], upstreams, hostname }: OAuth2ProxyArgs): string {
  const settings: Record<string, string | boolean | readonly string[]> = {
    provider: "oidc",
    oidc_issuer_url: issuerUrl,
    scope: groups.length === 0 ? "openid email profile" : "openid email profile groups",
    redirect_url: `https://${hostname}/oauth2/callback`,
    email_domains: mailDomains,
    ...(groups.length === 0 ? {} : { allowed_groups: groups }),
    upstreams: Object.entries(upstreams).map(([path, url]) => new URL(path, url).href),
    code_challenge_method: "S256",
    cookie_name: "__Host-tideline",
    cookie_secure: true,
    cookie_httponly: true,
    cookie_samesite: "lax",
    cookie_expire: "8h",
    cookie_refresh: "15m",
    reverse_proxy: true,
    skip_provider_button: true,
    pass_user_headers: true,
    // What was sent in by a client under the names that the proxy itself sets is no proof of anything.
    skip_auth_strip_headers: true,
  };
  return `${Object.entries(settings)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
    .join("\n")}\n`;
}

/** All that is wrong with the arguments. */
export function proxyProblems(args: OAuth2ProxyArgs): readonly ArgumentProblem[] {
  const { issuerUrl, mailDomains, upstreams } = args;
  return [
    ...problemIf(
      !issuerUrl.startsWith("https://"),
      "issuerUrl",
      `is "${issuerUrl}"; give the https:// address of an OpenID Connect issuer.`,
    ),
    ...problemIf(
      mailDomains.length === 0 || mailDomains.includes("*"),
      "mailDomains",
      `is [${mailDomains.join(", ")}]; name the domains of those who may come in, never all.`,
    ),
    ...problemIf(Object.keys(upstreams).length === 0, "upstreams", "names none; say what is behind the sign-in."),
    ...Object.keys(upstreams).flatMap((path) =>
      problemIf(!path.startsWith("/"), `upstreams["${path}"]`, "is no path; start it with a slash."),
    ),
  ];
}
