import { folderIn, parseTelemetryStore } from "../../../../components/kubernetes/monitoring/telemetryStore";

test.each([
  ["s3://data?region=eu-west-1", { kind: "s3", bucket: "data", region: "eu-west-1", prefix: "" }],
  ["s3://data/a/b/?region=eu-west-1", { kind: "s3", bucket: "data", region: "eu-west-1", prefix: "a/b" }],
  ["gs://data/logs", { kind: "gcs", bucket: "data", prefix: "logs" }],
  ["azblob://data/x?account=acme", { kind: "azure", container: "data", account: "acme", prefix: "x" }],
])("%s", (url, store) => expect(parseTelemetryStore(url)).toEqual(store));

test.each([
  ["s3://data", "s3://data does not name its region; append ?region=...."],
  ["azblob://data", "azblob://data does not name its account; append ?account=...."],
  ["file:///data", "file:///data is no object store for logs or traces; allowed: s3:, gs: and azblob: addresses."],
])("%s is refused", (url, message) => expect(() => parseTelemetryStore(url)).toThrow(message));

test("folders are below the prefix", () => {
  expect([folderIn("", "loki"), folderIn("a/b", "loki")]).toEqual(["loki", "a/b/loki"]);
});
