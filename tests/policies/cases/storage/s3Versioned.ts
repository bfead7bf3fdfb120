import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:s3/bucketVersioning:BucketVersioning",
  pass: [{ versioningConfiguration: { status: "Enabled" } }],
  fail: [
    {
      props: { versioningConfiguration: { status: "another" } },
      problems: ["versioningConfiguration.status is another; it must be Enabled."],
    },
    { props: {}, problems: ["versioningConfiguration.status is not set; it must be Enabled."] },
  ],
};
