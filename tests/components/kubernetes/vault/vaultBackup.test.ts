import { VaultBackup, type VaultBackupArgs } from "../../../../components/kubernetes/vault/vaultBackup";
import { clusterTarget, objectsOf, recordKubernetes } from "../../../support/kubernetesCluster";

const build = (changes: Partial<VaultBackupArgs> = {}) =>
  recordKubernetes(
    () =>
      new VaultBackup("backup", {
        target: clusterTarget(),
        storeUrl: "s3://tideline-prod-artifacts?region=us-east-1",
        address: "https://vault-active.vault.svc:8200",
        ...changes,
      }),
  );

test("each night a snapshot goes to the bucket, by an account of its own that has no key", async () => {
  const [account, job] = objectsOf(await build());
  expect(account).toMatchObject({ kind: "ServiceAccount", metadata: { name: "vault-backup", namespace: "vault" } });
  expect(job).toMatchObject({
    kind: "CronJob",
    metadata: { name: "vault-backup", namespace: "vault" },
    spec: { schedule: "30 1 * * *", timeZone: "Etc/UTC", concurrencyPolicy: "Forbid" },
  });
  const text = JSON.stringify(job);
  expect(text).toContain("vault operator raft snapshot save");
  expect(text).toContain("store:tideline-prod-artifacts/vault-snapshots");
  expect(text).toContain('"audience":"vault"');
  expect(text).toContain('"readOnlyRootFilesystem":true');
  // Of the server's certificate only the authority is mounted.
  expect(text).toContain('"items":[{"key":"ca.crt","path":"ca.crt"}]');
});

test("a schedule that is none is refused", async () => {
  await expect(build({ schedule: "daily" })).rejects.toThrow(
    'VaultBackup "backup" cannot be planned:\n  schedule is "daily"; give the five fields of a cron expression, such as 30 1 * * *.',
  );
});
