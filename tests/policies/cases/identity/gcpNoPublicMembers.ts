import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:storage/bucketIAMMember:BucketIAMMember",
  pass: [{ member: "serviceAccount:a@project.iam.gserviceaccount.com", role: "roles/storage.objectViewer" }],
  fail: [
    {
      props: { member: "allUsers", role: "roles/storage.objectViewer" },
      problems: ["allUsers gets roles/storage.objectViewer."],
    },
    {
      props: { members: ["user:a@example.com", "allAuthenticatedUsers"], role: "roles/run.invoker" },
      problems: ["allAuthenticatedUsers gets roles/run.invoker."],
    },
  ],
};
