import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { ServiceDescriptor } from "../../services/runtime/descriptor";
import { bundleService } from "./bundle";
import type * as jobProvider from "./jobProvider";
import type { JobInputs, JobOutputs } from "./jobProvider";
import { loadFromProject, projectRoot } from "./project";
import { processEnvironment } from "./service";

export interface LocalJobArgs {
  readonly descriptor: ServiceDescriptor;
  /** The descriptor's variables. */
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** Folder of stack `local`'s files. */
  readonly home: string;
  /** Path of the file that the job reads; the job runs again when its bytes change. */
  readonly dataset: string;
  /** A file below `home` that the job leaves; `{key}` stands for a value of its result. Gone, the job runs again. */
  readonly artifact: string;
  /** Seconds before the job is killed. @default 600 */
  readonly timeoutSeconds?: number;
}

/** A bundled job, run to completion on this machine; it runs again when its code, settings or data change. */
export class LocalJob extends pulumi.ComponentResource {
  /** What the job printed as its result. */
  readonly result: pulumi.Output<Record<string, unknown>>;

  constructor(name: string, args: LocalJobArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:local:Job", name, {}, opts);
    const { descriptor, environment, home, dataset, artifact, timeoutSeconds = 600 } = args;
    const run = new LocalRun(
      name,
      {
        service: descriptor.name,
        home,
        bundle: bundleService(projectRoot(), descriptor.name).hash,
        environment: processEnvironment(environment),
        data: createHash("sha256").update(readFileSync(dataset)).digest("hex"),
        artifact,
        timeoutSeconds,
      },
      { parent: this },
    );
    this.result = run.result;
    this.registerOutputs({ result: this.result });
  }
}

class LocalRun extends pulumi.dynamic.Resource {
  declare readonly result: pulumi.Output<Record<string, unknown>>;

  constructor(
    name: string,
    inputs: pulumi.Inputs & Record<keyof JobInputs, unknown>,
    opts: pulumi.CustomResourceOptions,
  ) {
    super(provider, name, { result: undefined, ...inputs }, opts, "tideline", "LocalRun");
  }
}

/** Stored as text and run elsewhere, like the one in process.ts. */
const provider: pulumi.dynamic.ResourceProvider<JobInputs, JobOutputs> = {
  async diff(_id, olds, news) {
    return load().diff(olds, news);
  },
  async create(inputs) {
    return { id: inputs.service, outs: await load().create(projectRoot(), inputs) };
  },
  async update(_id, _olds, news) {
    return { outs: await load().create(projectRoot(), news) };
  },
};

function load(): typeof jobProvider {
  return loadFromProject("components/local/jobProvider.ts");
}
