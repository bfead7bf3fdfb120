import { GcpObjectStore, type GcpObjectStoreArgs } from "../../../components/gcp/objectStore";
import { GcpSecrets } from "../../../components/gcp/secrets";
import { place, recordBoth, recordGcp } from "../../support/gcpCloud";
import { unwrap } from "../../support/pulumiMocks";

type Changes = Partial<Omit<GcpObjectStoreArgs, "key">>;
const BUCKET = "gcp:storage/bucket:Bucket";

function build(changes: Changes = {}) {
  return () => {
    const here = { ...place(), ...changes };
    const { keys } = new GcpSecrets("keys", here);
    return new GcpObjectStore("objects", { ...here, key: keys.objects });
  };
}

describe("the buckets", () => {
  test("are private, versioned and keep five newer versions", async () => {
    for (const recording of await recordBoth(build())) {
      expect(recording.ofType(BUCKET)).toHaveLength(3);
      for (const { inputs } of recording.ofType(BUCKET)) {
        expect(inputs).toMatchObject({
          location: "EUROPE-WEST4",
          uniformBucketLevelAccess: true,
          publicAccessPrevention: "enforced",
          versioning: { enabled: true },
          softDeletePolicy: { retentionDurationSeconds: 604_800 },
          forceDestroy: false,
        });
        expect(inputs.lifecycleRules).toContainEqual({
          action: { type: "Delete" },
          condition: { numNewerVersions: 5, withState: "ARCHIVED" },
        });
        expect(inputs.lifecycleRules).toContainEqual({
          action: { type: "AbortIncompleteMultipartUpload" },
          condition: { age: 7 },
        });
      }
    }
  });

  test("cool down after 90 days, except models, which serving reads", async () => {
    const recording = await recordGcp(build());
    const cooling = recording
      .ofType(BUCKET)
      .filter(({ inputs }) => JSON.stringify(inputs.lifecycleRules).includes("COLDLINE"))
      .map(({ name }) => name);
    expect(cooling.sort()).toEqual(["objects-artifacts", "objects-data"]);
  });

  test("have URLs that the object library opens", async () => {
    const { result } = await recordGcp(build());
    expect(await unwrap(result.modelsUrl)).toMatch(/^gs:\/\/tideline-prod-objects-models-[0-9a-f]{8}$/);
  });
});

test.each<[Changes, string]>([
  [{ versionsKept: 0 }, "versionsKept is 0; allowed are 1 to 100 newer versions."],
  [{ coldAfterDays: 0.5 }, "coldAfterDays is 0.5; allowed are whole days from 1."],
])("%j is refused", async (changes, text) => {
  await expect(recordGcp(build(changes))).rejects.toThrow(`GcpObjectStore "objects" cannot be planned:\n  ${text}`);
});
