import { databaseSizeProblem, databaseSku, storageSize } from "../../../components/azure/databaseSize";

test.each([
  ["GP_Standard_D4s_v3", { name: "Standard_D4s_v3", tier: "GeneralPurpose" }],
  ["GP_Standard_D4ds_v5", { name: "Standard_D4ds_v5", tier: "GeneralPurpose" }],
  ["MO_Standard_E8ads_v5", { name: "Standard_E8ads_v5", tier: "MemoryOptimized" }],
  ["B_Standard_B1ms", { name: "Standard_B1ms", tier: "Burstable" }],
  ["GP_Standard_E4s_v3", undefined],
  ["Standard_D4s_v3", undefined],
  ["db.r5.large", undefined],
])("%s means %j", (machineType, sku) => {
  expect(databaseSku(machineType)).toEqual(sku);
});

test.each([
  [1, 32],
  [32, 32],
  [100, 128],
  [512, 512],
  [600, 1024],
  [32_768, 32_768],
  [32_769, undefined],
])("%d GiB are asked for as %s", (wanted, size) => {
  expect(storageSize(wanted)).toBe(size);
});

test.each<[string, "dev" | "prod", boolean, string | undefined]>([
  ["GP_Standard_D4s_v3", "prod", true, undefined],
  ["B_Standard_B1ms", "dev", false, undefined],
  [
    "db.t3.medium",
    "dev",
    false,
    'is "db.t3.medium", which is no size of a flexible server; give one such as GP_Standard_D4s_v3, MO_Standard_E4s_v3 or B_Standard_B1ms.',
  ],
  [
    "B_Standard_B2s",
    "prod",
    false,
    'is "B_Standard_B2s", a burstable size that slows down when its credits are spent; in prod give one such as GP_Standard_D4s_v3.',
  ],
  [
    "B_Standard_B2s",
    "dev",
    true,
    'is "B_Standard_B2s", and burstable sizes have no standby; set highlyAvailable to false or give one such as GP_Standard_D2s_v3.',
  ],
])("%s in %s, with a standby: %s", (machineType, environment, highlyAvailable, text) => {
  expect(databaseSizeProblem(machineType, environment, highlyAvailable)).toBe(text);
});
