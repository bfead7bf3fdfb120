import * as projects from "@pulumi/gcp/projects";
import * as pulumi from "@pulumi/pulumi";

export interface GcpApisArgs {
  /** Project id. */
  readonly project: string;
}

/** APIs that the foundation calls, without their common ending. */
const APIS = [
  "artifactregistry",
  "bigquery",
  "billingbudgets",
  "cloudkms",
  "cloudresourcemanager",
  "compute",
  "container",
  "iam",
  "iamcredentials",
  "logging",
  "monitoring",
  "pubsub",
  "redis",
  "secretmanager",
  "servicenetworking",
  "sqladmin",
  "storage",
] as const;

/** Turns the project's APIs on; they stay on when the stack goes, since others may have come to use them. */
export class GcpApis extends pulumi.ComponentResource {
  /** The project id, known while planning; what is made from it waits until every API is on. */
  readonly project: pulumi.Output<string>;
  /** The APIs' resources, for invokes to depend on. */
  readonly enabled: readonly pulumi.Resource[];

  constructor(name: string, { project }: GcpApisArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:gcp:Apis", name, {}, opts);
    const services = APIS.map(
      (api) =>
        new projects.Service(
          `${name}-${api}`,
          { project, service: `${api}.googleapis.com`, disableOnDestroy: false, disableDependentServices: false },
          { parent: this },
        ),
    );
    this.enabled = services;
    this.project = pulumi.all(services.map((service) => service.project)).apply(() => project);
    this.registerOutputs({ project: this.project });
  }
}
