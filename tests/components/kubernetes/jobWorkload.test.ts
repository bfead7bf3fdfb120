import { JobWorkload, type JobWorkloadArgs, jobProblems } from "../../../components/kubernetes/jobWorkload";
import { KUBERNETES_RULES } from "../../../policies/kubernetes";
import { servingService } from "../../../services/serving/service";
import { trainingService } from "../../../services/training/service";
import { clusterTarget, recordKubernetes, violations } from "../../support/kubernetesCluster";

const args: JobWorkloadArgs = {
  target: clusterTarget(),
  descriptor: trainingService,
  image: { repository: "registry.example.com/services", digest: `sha256:${"a".repeat(64)}` },
  environment: { OBJECT_STORE_URL: "s3://models", DATASET: "services/training/data/breast_cancer_wisconsin.csv" },
};

const build = (changes: Partial<JobWorkloadArgs> = {}) =>
  recordKubernetes(() => new JobWorkload("training", { ...args, ...changes }));

test("training runs once, is tried again when it fails, and takes room from nobody", async () => {
  const recording = await build();
  const job = recording.one("kubernetes:batch/v1:Job");
  expect(job.deleteBeforeReplace).toBe(true);
  expect(job.inputs).toMatchObject({
    metadata: { name: "training", namespace: "ml-platform" },
    spec: {
      backoffLimit: 2,
      activeDeadlineSeconds: 3600,
      podFailurePolicy: { rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget" }] }] },
      template: {
        spec: {
          restartPolicy: "Never",
          serviceAccountName: "training",
          priorityClassName: "tideline-batch",
          terminationGracePeriodSeconds: 15,
          containers: [{ args: ["training"], securityContext: { readOnlyRootFilesystem: true } }],
        },
      },
    },
  });
  expect(violations(recording, KUBERNETES_RULES)).toEqual([]);
});

test("by the clock it runs in UTC and never beside itself", async () => {
  const recording = await build({ schedule: "0 3 * * *", gpu: { pool: "gpu", count: 4 } });
  expect(recording.ofType("kubernetes:batch/v1:Job")).toEqual([]);
  expect(recording.one("kubernetes:batch/v1:CronJob").inputs).toMatchObject({
    spec: {
      schedule: "0 3 * * *",
      timeZone: "Etc/UTC",
      concurrencyPolicy: "Forbid",
      jobTemplate: { spec: { template: { spec: { tolerations: [{ key: "nvidia.com/gpu" }] } } } },
    },
  });
  expect(violations(recording, KUBERNETES_RULES)).toEqual([]);
});

test("what is right has no problem", () => expect(jobProblems(args)).toEqual([]));

test.each<[Partial<JobWorkloadArgs>, string]>([
  [
    { descriptor: servingService, environment: { OBJECT_STORE_URL: "s3://models" } },
    "descriptor is serving, which runs until it is stopped; give it to ServiceWorkload.",
  ],
  [{ schedule: "daily" }, 'schedule is "daily"; give five fields as cron takes them, such as "0 3 * * *".'],
  [{ deadlineSeconds: 5 }, "deadlineSeconds is 5; give a whole number from 60."],
  [{ retries: -1 }, "retries is -1; allowed are 0 to 10."],
])("wrong arguments are refused while planning, %#", (changes, text) => {
  expect(jobProblems({ ...args, ...changes }).map(({ path, reason }) => `${path} ${reason}`)).toEqual([text]);
});
