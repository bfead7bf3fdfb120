import type { Rule } from "../frame/rule";
import { gpuTolerations } from "./gpuTolerations";
import { ingressTls } from "./ingressTls";
import { namespaceDefaultDeny } from "./namespaceDefaultDeny";
import { noClusterAdmin } from "./noClusterAdmin";
import { notDefaultNamespace } from "./notDefaultNamespace";
import { podCapabilities } from "./podCapabilities";
import { podDisruptionBudget } from "./podDisruptionBudget";
import { podGpuLimit } from "./podGpuLimit";
import { podImageDigest } from "./podImageDigest";
import { podLimits } from "./podLimits";
import { podNoEscalation } from "./podNoEscalation";
import { podNoHostPath } from "./podNoHostPath";
import { podNotPrivileged } from "./podNotPrivileged";
import { podNotRoot } from "./podNotRoot";
import { podOwnAccount } from "./podOwnAccount";
import { podOwnNamespaces } from "./podOwnNamespaces";
import { podProbes } from "./podProbes";
import { podReadOnlyRoot } from "./podReadOnlyRoot";
import { podSeccomp } from "./podSeccomp";
import { podSecretsNotInEnv } from "./podSecretsNotInEnv";
import { roleNoWildcards } from "./roleNoWildcards";
import { serviceNotPublic } from "./serviceNotPublic";

/** Rules of the subject kubernetes. */
export const KUBERNETES_RULES: readonly Rule[] = [
  gpuTolerations,
  ingressTls,
  namespaceDefaultDeny,
  noClusterAdmin,
  notDefaultNamespace,
  podCapabilities,
  podDisruptionBudget,
  podGpuLimit,
  podImageDigest,
  podLimits,
  podNoEscalation,
  podNoHostPath,
  podNotPrivileged,
  podNotRoot,
  podOwnAccount,
  podOwnNamespaces,
  podProbes,
  podReadOnlyRoot,
  podSeccomp,
  podSecretsNotInEnv,
  roleNoWildcards,
  serviceNotPublic,
];
