import * as batch from "@pulumi/kubernetes/batch/v1";
import type * as inputs from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import type { ServiceDescriptor } from "../../services/runtime/descriptor";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import { cloudSecretsOf } from "./externalSecret";
import { standardLabels } from "./labels";
import { ML_PLATFORM } from "./namespaces";
import { gpuProblems, type PodGpus } from "./podPlacement";
import { podTemplate, type WorkloadResources } from "./podTemplate";
import { imageProblems, imageReference, type ServiceImage } from "./serviceImage";
import type { ClusterTarget } from "./target";
import { containerEnvironment, environmentProblems, type WorkloadEnvironment } from "./workloadEnvironment";

export interface JobWorkloadArgs extends WorkloadEnvironment {
  readonly target: ClusterTarget;
  /** A descriptor of kind job. */
  readonly descriptor: ServiceDescriptor;
  readonly image: ServiceImage;
  /** Name of the object, at most 52 characters. @default the descriptor's */
  readonly workload?: string;
  /** Cron expression in UTC, such as "0 3 * * *". @default once, and anew when anything of it changes */
  readonly schedule?: string;
  /** Seconds after which a run is ended. @default 3600 */
  readonly deadlineSeconds?: number;
  /** Further tries of a run that failed. @default 2 */
  readonly retries?: number;
  readonly resources?: WorkloadResources;
  readonly gpu?: PodGpus;
}

/** A bundled job on a cluster, run once or by the clock, never twice at a time. */
export class JobWorkload extends pulumi.ComponentResource {
  constructor(name: string, args: JobWorkloadArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("JobWorkload", name, jobProblems(args));
    super("tideline:kubernetes:JobWorkload", name, {}, opts);
    const { target, descriptor, schedule, secrets = {}, workload = descriptor.name } = args;
    const metadata = { name: workload, namespace: ML_PLATFORM, labels: jobLabels(args) };
    const secretName = `${workload}-secrets`;
    const read = cloudSecretsOf(
      `${name}-secrets`,
      { target, namespace: ML_PLATFORM, secretName, account: descriptor.name, secrets },
      { parent: this },
    );
    const spec = jobSpec(args, secretName);
    const options = { parent: this, dependsOn: read };
    if (schedule === undefined) {
      // A Job's template never changes, and its name is ours, so the old one must go first.
      new batch.Job(name, { metadata, spec }, { ...options, deleteBeforeReplace: true });
    } else {
      new batch.CronJob(
        name,
        {
          metadata,
          spec: {
            schedule,
            timeZone: "Etc/UTC",
            concurrencyPolicy: "Forbid",
            startingDeadlineSeconds: 600,
            successfulJobsHistoryLimit: 3,
            failedJobsHistoryLimit: 3,
            jobTemplate: { metadata: { labels: jobLabels(args) }, spec },
          },
        },
        options,
      );
    }
    this.registerOutputs();
  }
}

function jobLabels({ descriptor, workload = descriptor.name }: JobWorkloadArgs): Record<string, string> {
  return standardLabels(descriptor.name, { "app.kubernetes.io/instance": workload });
}

function jobSpec(args: JobWorkloadArgs, secretName: string): inputs.batch.v1.JobSpec {
  const { target, descriptor, deadlineSeconds = 3600, retries = 2, resources, gpu } = args;
  const template = podTemplate({
    target,
    descriptor,
    image: imageReference(args.image),
    account: descriptor.name,
    priority: "tideline-batch",
    environment: containerEnvironment(descriptor, args, secretName),
    labels: jobLabels(args),
    annotations: {},
    ...(resources ? { resources } : {}),
    ...(gpu ? { gpu } : {}),
  });
  return {
    backoffLimit: retries,
    activeDeadlineSeconds: deadlineSeconds,
    // A run that the cluster ended, such as by draining its node, is no failure of the job's.
    podFailurePolicy: {
      rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] }],
    },
    template: { ...template, spec: { ...template.spec, restartPolicy: "Never" } },
  };
}

/** Five fields of numbers, names, lists, ranges and steps. */
const CRON = /^(\S+\s+){4}\S+$/;

/** All that is wrong with the arguments. */
export function jobProblems(args: JobWorkloadArgs): readonly ArgumentProblem[] {
  const { target, descriptor, image, schedule, gpu, deadlineSeconds = 3600, retries = 2 } = args;
  const { workload = descriptor.name } = args;
  return [
    ...problemIf(
      descriptor.kind !== "job",
      "descriptor",
      `is ${descriptor.name}, which runs until it is stopped; give it to ServiceWorkload.`,
    ),
    ...problemIf(
      !/^[a-z]([a-z0-9-]{0,50}[a-z0-9])?$/.test(workload),
      "workload",
      `is "${workload}"; allowed are lower-case letters, digits and hyphens, 52 at most, with a letter first.`,
    ),
    ...imageProblems(target, image),
    ...environmentProblems(descriptor, args),
    ...(gpu ? gpuProblems(target, gpu) : []),
    ...problemIf(
      schedule !== undefined && !CRON.test(schedule),
      "schedule",
      `is "${schedule}"; give five fields as cron takes them, such as "0 3 * * *".`,
    ),
    ...problemIf(
      !Number.isInteger(deadlineSeconds) || deadlineSeconds < 60,
      "deadlineSeconds",
      `is ${deadlineSeconds}; give a whole number from 60.`,
    ),
    ...problemIf(
      !Number.isInteger(retries) || retries < 0 || retries > 10,
      "retries",
      `is ${retries}; allowed are 0 to 10.`,
    ),
  ];
}
