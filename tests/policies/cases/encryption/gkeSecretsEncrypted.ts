import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/cluster:Cluster",
  pass: [{ databaseEncryption: { state: "ENCRYPTED" } }],
  fail: [
    {
      props: { databaseEncryption: { state: "another" } },
      problems: ["databaseEncryption.state is another; it must be ENCRYPTED."],
    },
    { props: {}, problems: ["databaseEncryption.state is not set; it must be ENCRYPTED."] },
  ],
};
