import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/cluster:Cluster",
  pass: [{ releaseChannel: { channel: "REGULAR" } }],
  fail: [
    {
      props: { releaseChannel: { channel: "RAPID" } },
      problems: ["releaseChannel.channel is RAPID; it must be REGULAR or STABLE or EXTENDED."],
    },
    { props: {}, problems: ["releaseChannel.channel is not set; it must be REGULAR or STABLE or EXTENDED."] },
  ],
};
