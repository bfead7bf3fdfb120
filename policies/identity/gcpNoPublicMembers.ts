import { show, texts } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Nothing is granted to everyone. */
export const gcpNoPublicMembers = defineRule({
  name: "gcp-no-public-members",
  title: "Nothing is granted to everyone.",
  why: "allAuthenticatedUsers is everyone with a Google account.",
  fix: "Name the service account or group.",
  severity: "critical",
  purpose: "boundary",
  cis: ["GCP 3.0 5.1"],
  types: [
    "gcp:storage/bucketIAMMember:BucketIAMMember",
    "gcp:storage/bucketIAMBinding:BucketIAMBinding",
    "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
    "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
    "gcp:pubsub/topicIAMMember:TopicIAMMember",
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
    "gcp:bigquery/datasetIamMember:DatasetIamMember",
    "gcp:secretmanager/secretIamMember:SecretIamMember",
    "gcp:projects/iAMMember:IAMMember",
    "gcp:projects/iAMBinding:IAMBinding",
  ],
  check: ({ props }) =>
    [...texts(props, "member"), ...texts(props, "members")]
      .filter((member) => member === "allUsers" || member === "allAuthenticatedUsers")
      .map((member) => `${member} gets ${show(props.role)}.`),
});
