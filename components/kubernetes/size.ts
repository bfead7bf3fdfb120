import type { ClusterSize } from "./quotas";
import type { ClusterTarget } from "./target";

const SIZES: Readonly<Record<ClusterTarget["environment"], ClusterSize>> = {
  dev: "small",
  staging: "medium",
  prod: "large",
};

/** How big a part of the platform is, unless it is said: small in dev, medium in staging, large in prod. */
export function sizeIn({ environment }: Pick<ClusterTarget, "environment">, size?: ClusterSize): ClusterSize {
  return size ?? SIZES[environment];
}
