import { GcpCache, type GcpCacheArgs } from "../../../components/gcp/cache";
import { GcpNetwork } from "../../../components/gcp/network";
import { GcpSecrets } from "../../../components/gcp/secrets";
import { place, recordBoth, recordGcp } from "../../support/gcpCloud";
import { unwrap } from "../../support/pulumiMocks";

type Changes = Partial<Omit<GcpCacheArgs, "network" | "keys">>;
const INSTANCE = "gcp:redis/instance:Instance";

function build(changes: Changes = {}) {
  return () => {
    const here = { ...place(), ...changes };
    const network = new GcpNetwork("net", { ...here, cidr: "10.2.0.0/16" });
    const { keys } = new GcpSecrets("keys", here);
    return new GcpCache("cache", { ...here, network, keys });
  };
}

test("in prod it has a standby, TLS, a password and a private address", async () => {
  for (const recording of await recordBoth(build())) {
    expect(recording.one(INSTANCE).inputs).toMatchObject({
      tier: "STANDARD_HA",
      memorySizeGb: 5,
      authEnabled: true,
      transitEncryptionMode: "SERVER_AUTHENTICATION",
      connectMode: "PRIVATE_SERVICE_ACCESS",
      deletionProtection: true,
    });
  }
});

test("off prod it is small and alone", async () => {
  const recording = await recordGcp(build({ environment: "dev" }));
  expect(recording.one(INSTANCE).inputs).toMatchObject({ tier: "BASIC", memorySizeGb: 1, deletionProtection: false });
  // The port of TLS.
  expect(await unwrap(recording.result.port)).toBe(6378);
});

test("replicas answer reads", async () => {
  const recording = await recordGcp(build({ readReplicas: 2 }));
  expect(recording.one(INSTANCE).inputs).toMatchObject({ readReplicasMode: "READ_REPLICAS_ENABLED", replicaCount: 2 });
});

test.each<[Changes, string]>([
  [{ memoryGb: 301 }, "memoryGb is 301; allowed are whole GiB from 1 to 300."],
  [{ readReplicas: 6 }, "readReplicas is 6; allowed are 0 to 5."],
  [
    { readReplicas: 1, highlyAvailable: false },
    "readReplicas is 1, but Memorystore has replicas only beside a standby; set highlyAvailable.",
  ],
  [{ readReplicas: 1, memoryGb: 4 }, "memoryGb is 4; with read replicas Memorystore takes 5 GiB or more."],
])("%j is refused", async (changes, text) => {
  await expect(recordGcp(build(changes))).rejects.toThrow(`GcpCache "cache" cannot be planned:\n  ${text}`);
});
