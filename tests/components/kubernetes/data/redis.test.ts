import { Redis, type RedisArgs, redisConfig } from "../../../../components/kubernetes/data/redis";
import { clusterTarget, type KubernetesObject } from "../../../support/kubernetesCluster";
import { type ComputedOutputs, type Recording, record } from "../../../support/pulumiMocks";

const types = new Proxy<Record<string, ComputedOutputs>>(
  {},
  {
    get: (_, type) => {
      if (type === "random:index/randomPassword:RandomPassword") return () => ({ result: "generated" });
      return String(type).startsWith("kubernetes:") ? () => ({}) : undefined;
    },
  },
);

const build = (changes: Partial<RedisArgs> = {}) =>
  record(() => new Redis("redis", { target: clusterTarget(), ...changes }), { types });

const members = (recording: Recording<Redis>) =>
  recording.one("kubernetes:apps/v1:StatefulSet").inputs as unknown as KubernetesObject;

test("three members, each with a disk of its own; all but the first follow the first", async () => {
  const recording = await build();
  const set = members(recording);
  expect(set.spec).toMatchObject({
    replicas: 3,
    serviceName: "redis-members",
    volumeClaimTemplates: [{ spec: { resources: { requests: { storage: "2Gi" } } } }],
  });
  const text = JSON.stringify(set);
  expect(text).toContain("replicaof redis-0.redis-members 6379");
  expect(text).not.toContain("generated");
  expect(recording.result.primaryHost).toBe("redis-0.redis-members.redis.svc.cluster.local");
});

test("the password is a secret in state and cluster, and comes to the pods by reference", async () => {
  const recording = await build();
  const { inputs, secretInputs } = recording.one("kubernetes:core/v1:Secret");
  expect(inputs.stringData).toEqual({ password: "generated" });
  expect(secretInputs).toContain("stringData");
  expect(JSON.stringify(members(recording))).toContain('"secretKeyRef":{"key":"password","name":"redis-password"}');
});

test("each write is logged within a second, and memory has an end", () => {
  expect(redisConfig(256)).toContain("appendonly yes\nappendfsync everysec\n");
  expect(redisConfig(256)).toContain("maxmemory 256mb\nmaxmemory-policy allkeys-lru\n");
});

test("a size that is none is refused", async () => {
  await expect(build({ replicas: 0, memoryMb: 1 })).rejects.toThrow(
    [
      'Redis "redis" cannot be planned:',
      "  replicas is 0; give a whole number from 1 to 9.",
      "  memoryMb is 1; give whole MiB from 64 to 65536.",
    ].join("\n"),
  );
});
