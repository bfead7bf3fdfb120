import { GcpIdentity, type GcpIdentityArgs } from "../../../components/gcp/identity";
import { PROJECT, place, recordBoth, recordGcp } from "../../support/gcpCloud";
import { unwrap } from "../../support/pulumiMocks";

const args: GcpIdentityArgs = {
  ...place(),
  namespace: "ml-platform",
  serviceAccount: "serving",
  workloadPool: `${PROJECT}.svc.id.goog`,
};
const build =
  (changes: Partial<GcpIdentityArgs> = {}) =>
  () =>
    new GcpIdentity("serving", { ...args, ...changes });

test("one Kubernetes service account takes it on, without any key", async () => {
  for (const recording of await recordBoth(build())) {
    expect(recording.one("gcp:serviceaccount/iAMMember:IAMMember").inputs).toMatchObject({
      role: "roles/iam.workloadIdentityUser",
      member: `serviceAccount:${PROJECT}.svc.id.goog[ml-platform/serving]`,
    });
    expect(recording.resources).toHaveLength(3);
  }
});

test("is named by its address", async () => {
  const { result } = await recordGcp(build());
  expect(await unwrap(result.principal)).toBe(`tideline-prod-serving@${PROJECT}.iam.gserviceaccount.com`);
});

test.each<[Partial<GcpIdentityArgs>, string]>([
  [{ namespace: "*" }, 'namespace is "*"; give one Kubernetes namespace, without wildcard.'],
  [
    { serviceAccount: "serving-*" },
    'serviceAccount is "serving-*"; give one Kubernetes service account, without wildcard.',
  ],
  [
    { roles: ["roles/cloudsql.client", "roles/editor"] },
    "roles has roles/editor, a basic role over everything in the project; name the predefined roles that the workload needs.",
  ],
])("%j is refused", (changes, text) => {
  expect(build(changes)).toThrow(`GcpIdentity "serving" cannot be planned:\n  ${text}`);
});
