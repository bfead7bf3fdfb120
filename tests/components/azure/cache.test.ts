import { type AzureCacheArgs, cacheProblems } from "../../../components/azure/cache";
import { place } from "../../support/azureCloud";

const args: AzureCacheArgs = {
  ...place(),
  network: { endpointSubnetId: "s", privateZones: {} as AzureCacheArgs["network"]["privateZones"] },
  vaultName: "v",
};

test.each<[Partial<AzureCacheArgs>, string[]]>([
  [{}, []],
  [{ size: "MemoryOptimized_M10" }, []],
  [
    { size: "Premium_P1" },
    [
      'size is "Premium_P1", which is no size of Azure Managed Redis; give one such as Balanced_B5, MemoryOptimized_M10 or ComputeOptimized_X3.',
    ],
  ],
  [
    { size: "Balanced_B0" },
    ['size is "Balanced_B0", a size for trying things out; in prod give one such as Balanced_B5.'],
  ],
  [{ size: "Balanced_B0", environment: "dev" }, []],
])("a cache with %j has the problems %j", (changes, texts) => {
  expect(cacheProblems({ ...args, ...changes }).map(({ path, reason }) => `${path} ${reason}`)).toEqual(texts);
});
