import { join } from "node:path";
import { resolveDefinitions } from "./definitions";
import { ToolchainError } from "./errors";
import { type GoTool, type GoToolArgs, resolveGoTool } from "./goTool";

/** The Kubernetes that rehearsals and tests run; kubernetes/go.mod pins the same one. */
export const KUBERNETES_VERSION = "1.36.3";

const VERSION_PACKAGE = "k8s.io/component-base/version";
const [MAJOR = "", MINOR = ""] = KUBERNETES_VERSION.split(".");

const KUBERNETES: GoTool = {
  name: "kubernetes",
  version: KUBERNETES_VERSION,
  moduleFolder: join(__dirname, "kubernetes"),
  programs: {
    "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
    "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
    "kube-scheduler": "k8s.io/kubernetes/cmd/kube-scheduler",
  },
  variables: {
    [`${VERSION_PACKAGE}.gitVersion`]: `v${KUBERNETES_VERSION}`,
    [`${VERSION_PACKAGE}.gitMajor`]: MAJOR,
    [`${VERSION_PACKAGE}.gitMinor`]: MINOR,
  },
  takes: "4 to 8 minutes",
};

const STAGES = {
  "node-initialize.yaml": "node/fast/node-initialize.yaml",
  "node-heartbeat.yaml": "node/heartbeat-with-lease/node-heartbeat-with-lease.yaml",
  "pod-ready.yaml": "pod/fast/pod-ready.yaml",
  "pod-complete.yaml": "pod/fast/pod-complete.yaml",
  "pod-delete.yaml": "pod/fast/pod-delete.yaml",
} as const;

const KWOK: GoTool = {
  name: "kwok",
  version: "0.8.0",
  moduleFolder: join(__dirname, "kwok"),
  programs: { kwok: "sigs.k8s.io/kwok/cmd/kwok" },
  variables: {},
  files: {
    module: "sigs.k8s.io/kwok",
    paths: Object.fromEntries(Object.entries(STAGES).map(([name, path]) => [name, `kustomize/stage/${path}`])),
  },
  takes: "a minute",
};

const ETCD: GoTool = {
  name: "etcd",
  version: "3.6.16",
  moduleFolder: join(__dirname, "etcd"),
  programs: { etcd: "go.etcd.io/etcd/server/v3" },
  variables: {},
  takes: "a minute",
};

/** Paths of the programs that together are a Kubernetes cluster without machines. */
export interface ControlPlanePrograms {
  readonly etcd: string;
  readonly apiServer: string;
  readonly controllerManager: string;
  readonly scheduler: string;
  /** Plays the kubelets. */
  readonly kwok: string;
  /** What kwok's nodes and pods go through, a file each. */
  readonly stages: readonly string[];
  /** Folder for `readDefinitions`. */
  readonly definitions: string;
}

/**
 * The pinned control plane, built once for this machine.
 * @throws {ToolchainError} saying why there is none
 */
export async function resolveControlPlane(args: GoToolArgs): Promise<ControlPlanePrograms> {
  try {
    const kubernetes = await resolveGoTool(KUBERNETES, args);
    const kwok = await resolveGoTool(KWOK, args);
    const etcd = await resolveGoTool(ETCD, args);
    return {
      etcd: join(etcd, "etcd"),
      apiServer: join(kubernetes, "kube-apiserver"),
      controllerManager: join(kubernetes, "kube-controller-manager"),
      scheduler: join(kubernetes, "kube-scheduler"),
      kwok: join(kwok, "kwok"),
      definitions: await resolveDefinitions(args),
      stages: Object.keys(STAGES).map((name) => join(kwok, name)),
    };
  } catch (error) {
    if (!(error instanceof ToolchainError)) throw error;
    throw new ToolchainError(
      `Kubernetes objects are rehearsed on a real control plane, and none could be had. ${error.message}`,
    );
  }
}
