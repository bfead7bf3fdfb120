import { type ArgumentProblem, problemIf } from "../arguments";
import type { KubernetesPlatformArgs } from "./platform";
import { enabled } from "./platformSettings";
import { imageProblems } from "./serviceImage";

/** All that is wrong with the platform as a whole; each part refuses its own. */
export function platformProblems({ target, image, settings }: KubernetesPlatformArgs): readonly ArgumentProblem[] {
  const models = Object.entries(settings.models ?? {});
  const hosts = models.flatMap(([, { hostnames = [], grpcHostnames = [] }]) => [...hostnames, ...grpcHostnames]);
  const twice = hosts.find((host, index) => hosts.indexOf(host) !== index);
  return [
    ...imageProblems(target, image),
    ...problemIf(
      twice !== undefined,
      "settings.models",
      `lead the host name ${twice} to two places; give each model and protocol names of its own.`,
    ),
    ...problemIf(
      target.environment === "prod" && models.length > 0 && !enabled(settings.drift),
      "settings.drift.enabled",
      "is false, but prod serves models, which would grow wrong without an error; leave drift on.",
    ),
  ];
}
