import { GcpRegistry, type GcpRegistryArgs } from "../../../components/gcp/registry";
import { GcpSecrets } from "../../../components/gcp/secrets";
import { place, recordBoth, recordGcp } from "../../support/gcpCloud";
import { unwrap } from "../../support/pulumiMocks";

const build =
  (changes: Partial<GcpRegistryArgs> = {}) =>
  () => {
    const { keys } = new GcpSecrets("keys", place());
    return new GcpRegistry("images", { ...place(), key: keys.registry, ...changes });
  };

test("a tag in prod never changes its meaning, and old images without one go", async () => {
  for (const recording of await recordBoth(build())) {
    expect(recording.one("gcp:artifactregistry/repository:Repository").inputs).toMatchObject({
      format: "DOCKER",
      dockerConfig: { immutableTags: true },
      cleanupPolicies: [
        { id: "keep-newest", action: "KEEP", mostRecentVersions: { keepCount: 10 } },
        { id: "delete-untagged", action: "DELETE", condition: { tagState: "UNTAGGED", olderThan: "2592000s" } },
      ],
    });
  }
});

test("image names start with its host and path", async () => {
  const { result } = await recordGcp(build({ environment: "dev" }));
  expect(await unwrap(result.url)).toBe("europe-west4-docker.pkg.dev/acme-ml-prod/tideline-prod-images");
});
