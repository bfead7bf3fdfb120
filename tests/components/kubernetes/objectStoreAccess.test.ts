import { rcloneTarget } from "../../../components/kubernetes/objectStoreAccess";

test.each([
  ["s3://models?region=eu-west-1", "models", { RCLONE_CONFIG_STORE_TYPE: "s3", RCLONE_S3_REGION: "eu-west-1" }],
  ["gs://models", "models", { RCLONE_CONFIG_STORE_TYPE: "google cloud storage" }],
  [
    "azblob://models?account=tlprod",
    "models",
    { RCLONE_CONFIG_STORE_TYPE: "azureblob", RCLONE_AZUREBLOB_ACCOUNT: "tlprod" },
  ],
])("%s is reached under the pod's identity", (url, bucket, environment) => {
  const found = rcloneTarget(url);
  expect(found.bucket).toBe(bucket);
  expect(found.environment).toMatchObject(environment);
  expect(Object.keys(found.environment).filter((name) => name.endsWith("ENV_AUTH"))).toHaveLength(1);
});

test("a folder of a machine is no object store of a cluster", () => {
  expect(() => rcloneTarget("file:/tmp/models")).toThrow(
    'The object store "file:/tmp/models" cannot be reached from a cluster; give s3://BUCKET?region=REGION, gs://BUCKET or azblob://CONTAINER?account=ACCOUNT.',
  );
});
