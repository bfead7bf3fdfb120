import { z } from "zod";
import { ROLES } from "../components/kubernetes/accessRoles";
import { partSections, switched } from "./kubernetesParts";

const name = z.string().min(1);
const hosts = z.array(z.hostname());

const replicas = z.strictObject({
  min: z.int().min(1).max(1000).describe("Least number of pods"),
  max: z.int().min(1).max(1000).describe("Greatest number of pods"),
});

const amounts = z.strictObject({ cpu: name.optional(), memory: name.optional() });
const resources = z.strictObject({ requests: amounts.optional(), limits: amounts.optional() });

const model = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]*$/)
    .describe("Model in the object store"),
  version: z
    .string()
    .regex(/^[1-9]\d*$/)
    .describe("a version such as 3, in quotes: which of the model's versions is served"),
  replicas: replicas.optional().describe("Pods; unset lets the environment say"),
  resources: resources.optional().describe("What a pod asks for and may use; unset takes the service's own"),
  gpu: z
    .strictObject({
      pool: name.describe("Node pool whose GPUs are used"),
      count: z.int().min(1).max(16).describe("GPUs of each pod"),
      runtimeClass: name.optional().describe("Container runtime's class"),
    })
    .optional(),
  hostnames: hosts.optional().describe("Host names under which clients outside reach it"),
  grpcHostnames: hosts.optional().describe("Host names of gRPC, others than those above"),
});

/** What goes on every cluster of the stack: naming the section switches it on. */
export const kubernetesConfig = z
  .strictObject({
    image: z
      .strictObject({
        repository: z
          .string()
          .min(1)
          .optional()
          .describe("Registry, path and name; unset means each cloud's own registry"),
        digest: z
          .string()
          .regex(/^sha256:[0-9a-f]{64}$/)
          .optional()
          .describe("sha256: and 64 hexadecimal digits; prod must have it"),
        tag: name.optional().describe("Tag, for where there is no digest"),
      })
      .describe("Image of the bundled services"),
    size: z
      .enum(["small", "medium", "large"])
      .optional()
      .describe("Quotas of namespaces; unset lets the environment say"),
    access: z
      .partialRecord(z.enum(Object.keys(ROLES) as [keyof typeof ROLES, ...(keyof typeof ROLES)[]]), z.array(name))
      .optional()
      .describe("Groups by role"),
    models: z
      .record(z.string().regex(/^[a-z][a-z0-9-]{0,29}$/), model)
      .optional()
      .describe("Models served, by workload; unset serves none"),
    drift: z
      .strictObject({ ...switched, replicas: replicas.optional(), resources: resources.optional() })
      .optional()
      .describe("Drift monitor"),
    training: z
      .strictObject({
        ...switched,
        model: name.describe("Model that new versions are made of"),
        dataset: name.optional().describe("CSV file inside the image"),
        schedule: name.optional().describe("Cron expression in UTC; unset means once"),
      })
      .optional()
      .describe("Training job; unset means none"),
    externalSecrets: z.strictObject(switched).optional().describe("External Secrets operator"),
    certificates: z
      .strictObject({ ...switched, acmeEmail: z.email().optional().describe("Who is told of certificates that end") })
      .optional()
      .describe("cert-manager"),
    admission: z
      .strictObject({
        ...switched,
        registries: z.array(name).optional().describe("Registries allowed beside that of the services' image"),
        by: z.enum(["apiServer", "gatekeeper"]).optional().describe("Who enforces the rules"),
      })
      .optional()
      .describe("Rules for what runs in ml-platform"),
    gpu: z
      .strictObject({
        ...switched,
        driver: z.enum(["devicePlugin", "dra", "cloud"]).optional().describe("Who hands GPUs to pods"),
        timeSlices: z.int().min(1).max(48).optional().describe("Shares of one GPU"),
        metrics: z.boolean().optional().describe("Whether GPUs are measured"),
      })
      .optional()
      .describe("GPU support, where a node pool has GPUs"),
    ...partSections,
    recommendations: z.boolean().optional().describe("Whether the clusters run the vertical pod autoscaler"),
  })
  .optional()
  .describe("What goes on the clusters; unset leaves them empty");

/** The section as it is given. */
export type KubernetesConfig = NonNullable<z.output<typeof kubernetesConfig>>;
