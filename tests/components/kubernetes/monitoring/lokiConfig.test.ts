import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { lokiConfig } from "../../../../components/kubernetes/monitoring/lokiConfig";
import type { TelemetryStore } from "../../../../components/kubernetes/monitoring/telemetryStore";
import { runTool } from "../../../support/installedTool";
import { temporaryFolder } from "../../../support/temporaryFolder";

const STORES: readonly TelemetryStore[] = [
  { kind: "s3", bucket: "data", region: "eu-west-1", prefix: "telemetry" },
  { kind: "gcs", bucket: "data", prefix: "" },
  { kind: "azure", account: "acme", container: "data", prefix: "" },
  { kind: "disk" },
];
const args = { replicas: 1, retentionDays: 30 };

test("objects are below a folder of their own in the store", () => {
  const prefixes = STORES.map((store) => lokiConfig({ ...args, store }).storage_config.object_prefix);
  expect(prefixes).toEqual(["telemetry/loki/", "loki/", "loki/", undefined]);
});

test("several pods find each other and keep three copies at most", () => {
  const [store] = STORES;
  const of = (replicas: number) => store && lokiConfig({ store, replicas, retentionDays: 30 });
  expect(of(1)?.memberlist).toBeUndefined();
  expect(of(3)).toMatchObject({ common: { replication_factor: 3, ring: { kvstore: { store: "memberlist" } } } });
  expect(of(5)?.common.replication_factor).toBe(3);
});

/** Synchronous, because jest must know which tests there are when the file is loaded; builds Loki if need be. */
function findLoki(): { readonly path: string } | { readonly reason: string } {
  const tool = join(__dirname, "../../../../tools/toolchain/main.ts");
  const { stdout } = spawnSync(process.execPath, [require.resolve("tsx/cli"), tool, "loki"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const found = JSON.parse(stdout) as string | { readonly error: string };
  return typeof found === "string" ? { path: found } : { reason: found.error };
}

const loki = findLoki();
if ("reason" in loki) {
  if (process.env.CI === "true") throw new Error(`Loki's configuration needs Loki. ${loki.reason}`);
  console.warn(`Skipped: Loki's configuration. ${loki.reason}`);
  test.skip("needs Loki", () => {});
} else {
  const folder = temporaryFolder();
  const verify = async (name: string, config: object) => {
    const path = join(folder, `${name}.yaml`);
    writeFileSync(path, dump(config));
    return runTool(loki.path, ["-verify-config", `-config.file=${path}`]);
  };

  test.each(STORES.flatMap((store) => [1, 3].map((replicas) => ({ store, replicas }))))(
    "Loki takes $replicas pods on $store.kind",
    async ({ store, replicas }) => {
      const result = await verify(`${store.kind}-${replicas}`, lokiConfig({ store, replicas, retentionDays: 30 }));
      expect(result).toEqual({ code: 0, output: expect.stringContaining("config is valid") });
    },
  );

  test("Loki refuses a retention that nothing carries out", async () => {
    const config = lokiConfig({ ...args, store: { kind: "disk" } });
    const { delete_request_store: _, ...compactor } = config.compactor;
    const { code, output } = await verify("wrong", { ...config, compactor });
    expect([code, output]).toEqual([1, expect.stringContaining("delete-request-store")]);
  });
}
