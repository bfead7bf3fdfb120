import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:storage:BlobServiceProperties",
  pass: [{ deleteRetentionPolicy: { enabled: true }, containerDeleteRetentionPolicy: { enabled: true } }],
  fail: [
    {
      props: { deleteRetentionPolicy: { enabled: false }, containerDeleteRetentionPolicy: { enabled: true } },
      problems: ["deleteRetentionPolicy.enabled is false; it must be true."],
    },
    {
      props: { deleteRetentionPolicy: { enabled: true }, containerDeleteRetentionPolicy: { enabled: false } },
      problems: ["containerDeleteRetentionPolicy.enabled is false; it must be true."],
    },
    {
      props: {},
      problems: [
        "deleteRetentionPolicy.enabled is not set; it must be true.",
        "containerDeleteRetentionPolicy.enabled is not set; it must be true.",
      ],
    },
  ],
};
