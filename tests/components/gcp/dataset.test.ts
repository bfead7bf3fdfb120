import { GcpDataset, type GcpDatasetArgs } from "../../../components/gcp/dataset";
import { GcpSecrets } from "../../../components/gcp/secrets";
import { place, recordBoth, recordGcp } from "../../support/gcpCloud";
import { unwrap } from "../../support/pulumiMocks";

const build =
  (changes: Partial<GcpDatasetArgs> = {}) =>
  () => {
    const { keys } = new GcpSecrets("keys", place());
    return new GcpDataset("features", { ...place(), key: keys.datasets, ...changes });
  };

test("features have a dataset that prod does not empty by itself", async () => {
  for (const recording of await recordBoth(build())) {
    expect(recording.one("gcp:bigquery/dataset:Dataset").inputs).toMatchObject({
      datasetId: "ml_features",
      location: "europe-west4",
      maxTimeTravelHours: "168",
      deleteContentsOnDestroy: false,
    });
  }
});

test("queries name it with its project", async () => {
  expect(await unwrap((await recordGcp(build())).result.qualifiedName)).toBe("acme-ml-prod.ml_features");
});

test.each<[Partial<GcpDatasetArgs>, string]>([
  [{ datasetId: "ml-features" }, 'datasetId is "ml-features"; allowed are up to 1024 letters, digits and _.'],
  [{ timeTravelHours: 24 }, "timeTravelHours is 24; allowed are whole days of hours from 48 to 168."],
])("%j is refused", async (changes, text) => {
  await expect(recordGcp(build(changes))).rejects.toThrow(`GcpDataset "features" cannot be planned:\n  ${text}`);
});
