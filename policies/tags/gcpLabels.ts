import { missingLabels } from "../frame/labels";
import { texts } from "../frame/read";
import { defineRule } from "../frame/rule";
import { textsSetting } from "../frame/settings";

/** Google Cloud resources say whose they are. */
export const gcpLabels = defineRule({
  name: "gcp-labels",
  title: "Google Cloud resources say whose they are.",
  why: "A bill without labels is nobody's, and so is a leak.",
  fix: "Set labels (resourceLabels of a cluster).",
  severity: "low",
  purpose: "ownership",
  config: {
    required: textsSetting(["stack", "environment", "managed-by"], "Labels that must have a value."),
  },
  types: [
    "gcp:storage/bucket:Bucket",
    "gcp:kms/cryptoKey:CryptoKey",
    "gcp:redis/instance:Instance",
    "gcp:secretmanager/secret:Secret",
    "gcp:artifactregistry/repository:Repository",
    "gcp:bigquery/dataset:Dataset",
    "gcp:pubsub/topic:Topic",
    "gcp:container/cluster:Cluster",
  ],
  check: ({ props }, settings) =>
    missingLabels(["labels", "effectiveLabels", "resourceLabels"], props, texts(settings, "required")),
});
