import type * as pulumi from "@pulumi/pulumi";

/** A Postgres database, wherever it runs. */
export interface Database extends pulumi.ComponentResource {
  /** postgres:// URL with credentials, a secret. */
  readonly connectionUrl: pulumi.Output<string>;
}

/** Object storage, wherever it runs. */
export interface ObjectStore extends pulumi.ComponentResource {
  /** URL of the bucket for model packages, in the form that services/runtime/objectStore.ts opens. */
  readonly modelsUrl: pulumi.Output<string>;
}

/** A bundled service that runs. */
export interface Workload extends pulumi.ComponentResource {
  /** Where clients on the service's network reach it. */
  readonly url: pulumi.Output<string>;
}
