import type { ServiceWorkloadArgs } from "../../../components/kubernetes/serviceWorkload";
import { workloadProblems } from "../../../components/kubernetes/serviceWorkloadProblems";
import { servingService } from "../../../services/serving/service";
import { trainingService } from "../../../services/training/service";
import { clusterTarget } from "../../support/kubernetesCluster";

const digest = `sha256:${"a".repeat(64)}`;
const repository = "registry.example.com/services";
const dev = clusterTarget({ environment: "dev" });
const scaleToZero = { prometheusUrl: "http://prometheus:9090", requestsPerPod: 50 };

const args: ServiceWorkloadArgs = {
  target: clusterTarget(),
  descriptor: servingService,
  image: { repository, digest },
  model: { name: "breast-cancer", version: "3" },
  environment: { OBJECT_STORE_URL: "s3://models" },
  features: { monitoring: true, recommendations: true },
};

test("what is right has no problem", () => expect(workloadProblems(args)).toEqual([]));

test.each<[Partial<ServiceWorkloadArgs>, string]>([
  [
    { image: { repository, tag: "v1" } },
    "image.digest is not set in prod, where the tag v1 could become another image after the test; give sha256: and 64 hexadecimal digits.",
  ],
  [
    { image: { repository, digest: "sha256:12" } },
    'image.digest is "sha256:12"; give sha256: and 64 hexadecimal digits.',
  ],
  [
    { target: dev, image: { repository, tag: "latest" } },
    'image.tag is "latest" and there is no digest, so nobody could say what runs; give either.',
  ],
  [
    { image: { repository: `${repository}:v1`, digest } },
    'image.repository is "registry.example.com/services:v1"; give registry, path and name alone: the tag and the digest have fields of their own.',
  ],
  [
    { model: { name: "breast-cancer", version: "latest" } },
    'model.version is "latest"; give the number of the version that was tested: under another word each pod could serve another model.',
  ],
  [{ gpu: { pool: "general", count: 1 } }, 'gpu.pool is "general", which is no node pool with GPUs; allowed are gpu.'],
  [
    { gpu: { pool: "gpu", count: 8 } },
    "gpu.count is 8, but a node of the pool gpu has 4, so no pod could ever start; give 4 at most, or another pool.",
  ],
  [
    { replicas: { min: 1, max: 3 } },
    "replicas.min is 1; give a whole number from 2: in prod one pod's end must not be an outage.",
  ],
  [{ replicas: { min: 4, max: 3 } }, "replicas.max is 3; give a whole number from replicas.min, 4."],
  [{ target: dev, replicas: { min: 1, max: 30 } }, "replicas.max is 30 in dev; allowed are 20 at most outside prod."],
  [
    { scaleToZero },
    "scaleToZero is set, but the pods have no GPU that would idle; leave it out, so that the first request need not wait.",
  ],
  [
    {
      descriptor: trainingService,
      model: undefined as never,
      environment: { OBJECT_STORE_URL: "s3://m", DATASET: "/d.csv" },
    },
    "descriptor is training, which serves no HTTP with probes; give a job to JobWorkload, and other services to a component of their own.",
  ],
  [
    { workload: "Fraud" },
    'workload is "Fraud"; allowed are lower-case letters, digits and hyphens, 52 at most, with a letter first.',
  ],
  [{ environment: {} }, "environment.OBJECT_STORE_URL is not set, and the serving service does not start without."],
  [
    { environment: { OBJECT_STORE_URL: "s3://models", API_TOKEN: "x" } },
    `environment.API_TOKEN is no variable of the serving service that can be set; allowed are ${allowed()}.\nenvironment.API_TOKEN holds a password as text, which whoever sees the deployment would read; name it in secrets instead.`,
  ],
  [
    { environment: { OBJECT_STORE_URL: "s3://key:secret@models" } },
    "environment.OBJECT_STORE_URL holds a password as text, which whoever sees the deployment would read; name it in secrets instead.",
  ],
  [
    { environment: { OBJECT_STORE_URL: "s3://models", LOG_LEVEL: "loud" } },
    'environment.LOG_LEVEL is "loud". Invalid option: expected one of "trace"|"debug"|"info"|"warn"|"error"|"silent".',
  ],
  [
    { secrets: { OBJECT_STORE_URL: { id: "arn:1" } } },
    "secrets.OBJECT_STORE_URL is in environment too; one variable has one value. Remove it from one of them.",
  ],
])("wrong arguments are refused while planning, %#", (changes, text) => {
  const problems = workloadProblems({ ...args, ...changes });
  expect(problems.map(({ path, reason }) => `${path} ${reason}`).join("\n")).toBe(text);
});

function allowed(): string {
  const names = Object.keys(servingService.environment.shape).filter(
    (name) => !["HOST", "PORT", "GRPC_PORT"].includes(name),
  );
  return [...names, "PGPASSWORD"].join(", ");
}
