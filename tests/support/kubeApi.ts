import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApiClient, ApiError, type ApiObject } from "../../tools/rehearsal/kubernetes/apiClient";
import { applyInOrder } from "../../tools/rehearsal/kubernetes/applyOrder";
import { ControlPlane } from "../../tools/rehearsal/kubernetes/controlPlane";
import type { NodePlan } from "../../tools/rehearsal/kubernetes/nodes";
import type { ControlPlanePrograms } from "../../tools/toolchain/controlPlane";
import { readDefinitions } from "../../tools/toolchain/definitions";
import type { Recorded } from "./pulumiMocks";

/** A real control plane with simulated kubelets. */
export interface KubeApi {
  readonly client: ApiClient;
  /** Of an administrator, JSON text. */
  readonly kubeconfig: string;
  /**
   * Applies objects as a server-side apply with strict field validation: namespaces and definitions first, custom
   * resources once their definition is served.
   * @throws {ApiError} with the server's refusal of the first object that it does not take
   */
  apply(objects: readonly ApiObject[]): Promise<ApiObject[]>;
  /** Applies the CustomResourceDefinitions that a chart brings along, such as cert-manager. */
  define(...charts: readonly string[]): Promise<void>;
  /** What the server says against an object; the empty text when it would take it. Nothing is changed. */
  refusal(object: ApiObject): Promise<string>;
  close(): Promise<void>;
}

/** One general pool and one of GPU nodes with the taint that our clouds' node pools set. */
export const TWO_POOLS: NodePlan = {
  region: "us-east-1",
  pools: {
    general: { labels: { "tideline.dev/pool": "general" }, taints: [], gpusPerNode: 0 },
    gpu: {
      labels: { "tideline.dev/pool": "gpu" },
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
      gpusPerNode: 1,
    },
  },
};

/**
 * A `describe` for tests that need a real control plane, which takes some seconds to start: start one for a whole file
 * in `beforeAll` and close it in `afterAll`; or give the programs to a rehearsal. Where none can be built its tests are reported as skipped with the reason;
 * with CI=true that is a failure instead.
 */
export function describeWithKubernetes(
  name: string,
  body: (startControlPlane: (nodes?: NodePlan) => Promise<KubeApi>, programs: ControlPlanePrograms) => void,
): void {
  programs ??= findPrograms();
  const found = programs;
  if (!("reason" in found)) {
    describe(name, () => body((nodes = TWO_POOLS) => startControlPlane(found, nodes), found));
    return;
  }
  if (process.env.CI === "true") throw new Error(`${name} needs a control plane. ${found.reason}`);
  console.warn(`Skipped: ${name}. ${found.reason}`);
  describe(name, () => test.skip(`needs a control plane: ${found.reason.split("\n")[0]}`, () => {}));
}

/** The Kubernetes objects among what a program registered with `record`, as the provider would send them. */
export function recordedObjects(resources: readonly Recorded[]): ApiObject[] {
  return resources.flatMap(({ custom, type, inputs }) =>
    custom && type.startsWith("kubernetes:") && typeof inputs.apiVersion === "string" ? [inputs as ApiObject] : [],
  );
}

async function startControlPlane(tools: ControlPlanePrograms, nodes: NodePlan): Promise<KubeApi> {
  const parent = mkdtempSync(join(tmpdir(), "tideline-kubernetes-"));
  const plane = await ControlPlane.start({ programs: tools, folder: join(parent, "plane"), nodes });
  const { client, kubeconfig } = plane;
  return {
    client,
    kubeconfig,
    apply: (objects) => applyInOrder(client, objects),
    define: async (...charts) => {
      await applyInOrder(
        client,
        charts.flatMap((chart) => readDefinitions(tools.definitions, chart)),
      );
    },
    refusal: (object) => refusal(client, object),
    close: async () => {
      await plane.close();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

async function refusal(client: ApiClient, object: ApiObject): Promise<string> {
  try {
    await client.apply(object, { dryRun: true });
    return "";
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
}

let programs: ControlPlanePrograms | { readonly reason: string } | undefined;

/** Synchronous, because jest must know which tests there are when a file is loaded; builds the programs if need be. */
function findPrograms(): ControlPlanePrograms | { readonly reason: string } {
  const tool = join(__dirname, "..", "..", "tools", "toolchain", "main.ts");
  const { stdout } = spawnSync(process.execPath, [require.resolve("tsx/cli"), tool, "controlPlane"], {
    encoding: "utf8",
    // Building takes minutes; its progress belongs on the screen.
    stdio: ["ignore", "pipe", "inherit"],
  });
  const found = JSON.parse(stdout) as ControlPlanePrograms | { readonly error: string };
  return "error" in found ? { reason: found.error } : found;
}
