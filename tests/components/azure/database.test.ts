import { type AzureDatabaseArgs, databaseProblems } from "../../../components/azure/database";
import { place } from "../../support/azureCloud";

const zones = {} as AzureDatabaseArgs["network"]["privateZones"];
const args: AzureDatabaseArgs = {
  ...place(),
  network: { databaseSubnetIds: ["s"], privateZones: zones },
  vault: { vaultName: "v", tenantId: "t" },
  machineType: "GP_Standard_D4s_v3",
};

test("right arguments have no problem", () => {
  expect(databaseProblems(args)).toEqual([]);
  expect(databaseProblems({ ...args, ...place("dev"), machineType: "B_Standard_B1ms" })).toEqual([]);
});

describe("a database is refused with", () => {
  test.each<[string, Partial<AzureDatabaseArgs>, string]>([
    [
      "another cloud's size",
      { machineType: "db-custom-4-16384" },
      'machineType is "db-custom-4-16384", which is no size of a flexible server; give one such as GP_Standard_D4s_v3, MO_Standard_E4s_v3 or B_Standard_B1ms.',
    ],
    ["more storage than there is", { storageGb: 40_000 }, "storageGb is 40000; allowed are whole GiB from 1 to 32768."],
    [
      "short backups",
      { backupRetentionDays: 3 },
      "backupRetentionDays is 3; a flexible server keeps backups for 7 to 35 days.",
    ],
    [
      "a name with a hyphen",
      { databaseName: "ml-platform" },
      'databaseName is "ml-platform"; allowed are up to 63 lower-case letters, digits and _, not beginning with a digit or pg_.',
    ],
    [
      "a name of Azure's own",
      { databaseName: "azure_sys" },
      'databaseName is "azure_sys", which Azure keeps for itself; give another.',
    ],
    [
      "neither standby nor protection in prod",
      { highlyAvailable: false, deletionProtection: false },
      "highlyAvailable and deletionProtection are both off in prod; keep one of them, or make the stack's environment staging.",
    ],
  ])("%s", (_, changes, text) => {
    expect(databaseProblems({ ...args, ...changes }).map(({ path, reason }) => `${path} ${reason}`)).toEqual([text]);
  });
});
