import { type ArgumentProblem, problemIf } from "../arguments";
import type { KubernetesPlatformArgs } from "./platform";
import { hostnamesOf, platformParts } from "./platformNamespaces";
import { imageProblems } from "./serviceImage";

/** All that is wrong with the platform as a whole; each part refuses its own. */
export function platformProblems(args: KubernetesPlatformArgs): readonly ArgumentProblem[] {
  const { target, foundation, image, settings } = args;
  const parts = platformParts(args);
  const hosts = hostnamesOf(settings);
  const twice = hosts.find((host, index) => hosts.indexOf(host) !== index);
  const serves = Object.keys(settings.models ?? {}).length > 0;
  return [
    ...imageProblems(target, image),
    ...problemIf(
      twice !== undefined,
      "settings.models",
      `lead the host name ${twice} to two places; give each model and protocol names of its own.`,
    ),
    ...problemIf(
      target.environment === "prod" && serves && !parts.drift,
      "settings.drift.enabled",
      "is false, but prod serves models, which would grow wrong without an error; leave drift on.",
    ),
    ...problemIf(
      parts.vault && !parts.certificates,
      "settings.vault",
      "is there, but certificates are not, from which it has its TLS; leave certificates on, or set vault.enabled to false.",
    ),
    ...problemIf(
      parts.vault && !("vault" in foundation.identities),
      "settings.vault",
      `is there, but the foundation on ${target.cloud} has no identity "vault" that may use its key to unseal; give it one, or set vault.enabled to false.`,
    ),
    ...problemIf(
      parts.gateway && !parts.certificates,
      "settings.gateway",
      "is there, but certificates are not, from which it has its TLS; leave certificates on, or set gateway.enabled to false.",
    ),
    ...problemIf(
      parts.keda && !parts.monitoring,
      "settings.models",
      "scale to zero by what Prometheus counts, but monitoring is off; leave it on, or leave scaleToZero out.",
    ),
  ];
}
