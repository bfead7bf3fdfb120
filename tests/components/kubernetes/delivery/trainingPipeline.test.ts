import {
  PIPELINE_STEPS,
  pipelineTasks,
  TrainingPipeline,
  type TrainingPipelineArgs,
} from "../../../../components/kubernetes/delivery/trainingPipeline";
import { clusterTarget, objectsOf, recordKubernetes } from "../../../support/kubernetesCluster";

const steps = Object.fromEntries(
  Object.keys(PIPELINE_STEPS).map((step) => [step, { image: `registry.example/${step}@sha256:0` }]),
) as TrainingPipelineArgs["steps"];

const build = (changes: Partial<TrainingPipelineArgs> = {}) =>
  recordKubernetes(
    () => new TrainingPipeline("training", { target: clusterTarget(), steps, model: "fraud", ...changes }),
  );

test("data is checked, then features, training, evaluation beside the scan, registry, and the new baseline", () => {
  const tasks = pipelineTasks(steps);
  expect(tasks.map(({ name, runAfter = [] }) => `${runAfter.join("+")} -> ${name}`)).toEqual([
    " -> validate-data",
    "validate-data -> engineer-features",
    "engineer-features -> train-model",
    "train-model -> evaluate-model",
    "train-model -> security-scan",
    "evaluate-model+security-scan -> register-model",
    "register-model -> update-baseline",
  ]);
  expect(tasks.find(({ name }) => name === "register-model")?.retries).toBe(0);
});

test("each step is a task of its own that may do as little as any other pod", async () => {
  const tasks = objectsOf(await build()).filter(({ kind }) => kind === "Task");
  expect(tasks.map(({ metadata }) => metadata.name)).toEqual(Object.keys(PIPELINE_STEPS));
  for (const { spec } of tasks) {
    expect(spec).toMatchObject({
      steps: [
        {
          securityContext: { readOnlyRootFilesystem: true, runAsNonRoot: true, capabilities: { drop: ["ALL"] } },
          computeResources: { limits: { memory: "2Gi" } },
        },
      ],
    });
  }
});

test("what the drift service asks for starts a run, once for each report", async () => {
  const recording = await build();
  const objects = objectsOf(recording);
  const of = (kind: string) => objects.find((object) => object.kind === kind);
  expect(recording.result.retrainUrl).toBe("http://el-retrain.ml-platform.svc.cluster.local:8080");
  expect(JSON.stringify(of("EventListener"))).toContain("body.type == 'retrain_requested'");
  expect(of("TriggerBinding")?.spec).toEqual({
    params: [
      { name: "model", value: "fraud" },
      { name: "reference-id", value: "$(body.reference_id)" },
      { name: "report-id", value: "$(body.id)" },
    ],
  });
  expect(of("TriggerTemplate")?.spec).toMatchObject({
    resourcetemplates: [
      {
        kind: "PipelineRun",
        metadata: { name: "training-$(tt.params.report-id)" },
        spec: { pipelineRef: { name: "training" }, taskRunTemplate: { serviceAccountName: "training" } },
      },
    ],
  });
});

test("the listener may start runs and read its own settings, and no rule of it has a wildcard", async () => {
  const roles = objectsOf(await build()).filter(({ kind }) => kind === "Role" || kind === "ClusterRole");
  expect(roles).toHaveLength(2);
  expect(JSON.stringify(roles)).not.toContain('"*"');
});

test("the operator installs pipelines and triggers before anything uses them", async () => {
  const recording = await build();
  const config = recording.one("kubernetes:operator.tekton.dev/v1alpha1:TektonConfig");
  expect(config.inputs).toMatchObject({ metadata: { name: "config" }, spec: { profile: "basic" } });
  for (const { dependencies } of recording.ofType("kubernetes:tekton.dev/v1:Task")) {
    expect(dependencies).toContain(config.urn);
  }
});

test("a model, a disk and a time that are none are refused", async () => {
  const late = { ...steps, "train-model": { image: "x", timeoutMinutes: 0 } };
  await expect(build({ model: "Fraud!", workspaceGb: 0, steps: late })).rejects.toThrow(
    [
      'TrainingPipeline "training" cannot be planned:',
      '  model is "Fraud!"; allowed are small letters, digits, dots, hyphens and underscores.',
      "  workspaceGb is 0; give whole GiB from 1 to 1000.",
      "  steps.train-model.timeoutMinutes is 0; give whole minutes from 1 to 1440.",
    ].join("\n"),
  );
});
