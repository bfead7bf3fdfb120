import { folderIn, parseTelemetryStore } from "../../../../components/kubernetes/monitoring/telemetryStore";

test.each([
  ["s3://data?region=eu-west-1", { kind: "s3", bucket: "data", region: "eu-west-1", prefix: "" }],
  ["s3://data", { kind: "s3", bucket: "data", region: "us-east-1", prefix: "" }],
  ["s3://data/a/b/?region=eu-west-1", { kind: "s3", bucket: "data", region: "eu-west-1", prefix: "a/b" }],
  ["gs://data/logs", { kind: "gcs", bucket: "data", prefix: "logs" }],
  ["azblob://data/x?account=acme", { kind: "azure", container: "data", account: "acme", prefix: "x" }],
])("%s", (url, store) => expect(parseTelemetryStore(url, "us-east-1")).toEqual(store));

test.each(["azblob://data", "file:///data"])("%s is refused", (url) =>
  expect(() => parseTelemetryStore(url, "us-east-1")).toThrow(
    `${url} is no object store for logs or traces; give s3://BUCKET, gs://BUCKET or azblob://CONTAINER?account=ACCOUNT.`,
  ),
);

test("folders are below the prefix", () => {
  expect([folderIn("", "loki"), folderIn("a/b", "loki")]).toEqual(["loki", "a/b/loki"]);
});
