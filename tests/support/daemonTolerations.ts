import type { NodePoolShape, Taint } from "../../components/contract";
import { objects } from "../../policies/frame/read";

/** A chart whose release has a DaemonSet, and the path in its values where the pods' tolerations are. */
export interface DaemonChart {
  readonly chart: string;
  readonly tolerations: string;
}

/** Inputs of a Helm release or a DaemonSet, as recorded. */
type Inputs = Readonly<Record<string, unknown>>;

/** Taints of the pools that some DaemonSet of the releases does not tolerate, as "chart path: key=value:effect". */
export function untolerated(
  releases: readonly Inputs[],
  daemons: readonly DaemonChart[],
  pools: readonly NodePoolShape[],
): string[] {
  const taints = pools.flatMap((pool) => pool.taints);
  return releases.flatMap((release) =>
    daemons
      .filter(({ chart }) => String(release.chart).split("/").at(-1) === chart)
      .flatMap(({ chart, tolerations }) => {
        const given = objects(release, `values.${tolerations}`);
        return taints
          .filter((taint) => !given.some((toleration) => tolerates(toleration, taint)))
          .map(({ key, value, effect }) => `${chart} ${tolerations}: ${key}=${value}:${effect}`);
      }),
  );
}

/** Source: Kubernetes, "Taints and Tolerations". */
export function tolerates(toleration: Inputs, taint: Taint): boolean {
  const { key, operator = "Equal", value, effect } = toleration;
  if (effect !== undefined && effect !== taint.effect) return false;
  if (key === undefined) return operator === "Exists";
  if (key !== taint.key) return false;
  return operator === "Exists" || (value ?? "") === taint.value;
}
