/** What a container needs to reach a folder of the object store under its pod's cloud identity. */
export interface RcloneTarget {
  /** Bucket or container, as rclone's remote `store:` names it. */
  readonly bucket: string;
  /** Environment of rclone; no keys among it. */
  readonly environment: Readonly<Record<string, string>>;
}

const AWS = /^s3:\/\/(?<bucket>[^/?]+)\/?(?:\?region=(?<region>[a-z0-9-]+))?$/;
const GCP = /^gs:\/\/(?<bucket>[^/?]+)\/?$/;
const AZURE = /^azblob:\/\/(?<bucket>[^/?]+)\/?\?account=(?<account>[a-z0-9]+)$/;

/**
 * How rclone reaches the bucket of an object store's URL, as the foundations give it.
 * @throws {Error} when the URL is none of a cloud's.
 */
export function rcloneTarget(url: string): RcloneTarget {
  const aws = AWS.exec(url)?.groups;
  if (aws?.bucket) {
    const region = aws.region ? { RCLONE_S3_REGION: aws.region } : {};
    return target(aws.bucket, {
      RCLONE_CONFIG_STORE_TYPE: "s3",
      RCLONE_S3_PROVIDER: "AWS",
      RCLONE_S3_ENV_AUTH: "true",
      ...region,
    });
  }
  const gcp = GCP.exec(url)?.groups;
  if (gcp?.bucket) {
    return target(gcp.bucket, {
      RCLONE_CONFIG_STORE_TYPE: "google cloud storage",
      RCLONE_GCS_ENV_AUTH: "true",
      RCLONE_GCS_BUCKET_POLICY_ONLY: "true",
    });
  }
  const azure = AZURE.exec(url)?.groups;
  if (azure?.bucket && azure.account) {
    return target(azure.bucket, {
      RCLONE_CONFIG_STORE_TYPE: "azureblob",
      RCLONE_AZUREBLOB_ENV_AUTH: "true",
      RCLONE_AZUREBLOB_ACCOUNT: azure.account,
    });
  }
  throw new Error(
    `The object store ${JSON.stringify(url)} cannot be reached from a cluster; give s3://BUCKET?region=REGION, gs://BUCKET or azblob://CONTAINER?account=ACCOUNT.`,
  );
}

function target(bucket: string, environment: Readonly<Record<string, string>>): RcloneTarget {
  // Buckets are made by the foundation; what writes to them may not make others.
  return {
    bucket,
    environment: { ...environment, RCLONE_S3_NO_CHECK_BUCKET: "true", RCLONE_CONFIG: "/tmp/rclone.conf" },
  };
}
