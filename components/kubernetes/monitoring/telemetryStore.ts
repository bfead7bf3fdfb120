/** Where logs or traces are kept. */
export type TelemetryStore =
  | { readonly kind: "s3"; readonly bucket: string; readonly region: string; readonly prefix: string }
  | { readonly kind: "gcs"; readonly bucket: string; readonly prefix: string }
  | { readonly kind: "azure"; readonly account: string; readonly container: string; readonly prefix: string }
  /** On the pod's volume: for clusters that may lose them. */
  | { readonly kind: "disk" };

/**
 * Reads an object store's address as the foundations give it: `s3://bucket/prefix?region=...`, `gs://bucket/prefix`,
 * `azblob://container/prefix?account=...`; an S3 address without a region is in the cluster's.
 * @throws {Error} saying which address and what is missing.
 */
export function parseTelemetryStore(url: string, clusterRegion: string): TelemetryStore {
  const { protocol, host, pathname, searchParams } = new URL(url);
  const prefix = pathname.replace(/^\/+|\/+$/g, "");
  if (protocol === "s3:")
    return { kind: "s3", bucket: host, region: searchParams.get("region") ?? clusterRegion, prefix };
  if (protocol === "gs:") return { kind: "gcs", bucket: host, prefix };
  const account = searchParams.get("account");
  if (protocol === "azblob:" && account) return { kind: "azure", container: host, account, prefix };
  throw new Error(
    `${url} is no object store for logs or traces; give s3://BUCKET, gs://BUCKET or azblob://CONTAINER?account=ACCOUNT.`,
  );
}

/** A folder below the store's own prefix. */
export function folderIn(prefix: string, folder: string): string {
  return prefix === "" ? folder : `${prefix}/${folder}`;
}
