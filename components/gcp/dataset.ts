import * as bigquery from "@pulumi/gcp/bigquery";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import { type GcpPlace, protects, standardLabels } from "./place";

export interface GcpDatasetArgs extends GcpPlace {
  /** Key that encrypts tables. */
  readonly key: pulumi.Input<string>;
  /** Letters, digits and _; one of its name in a project. @default "ml_features" */
  readonly datasetId?: string;
  /** Hours for which a table can be read as it was, 48 to 168. @default 168 */
  readonly timeTravelHours?: number;
  /** @default on in prod: refuses to go while it has tables */
  readonly deletionProtection?: boolean | undefined;
}

/** A BigQuery dataset for features. */
export class GcpDataset extends pulumi.ComponentResource {
  /** PROJECT.DATASET, as queries name it. */
  readonly qualifiedName: pulumi.Output<string>;

  constructor(name: string, args: GcpDatasetArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("GcpDataset", name, datasetProblems(args));
    super("tideline:gcp:Dataset", name, {}, opts);
    const { stack, project, region, key, datasetId = "ml_features", timeTravelHours = 168 } = args;
    const dataset = new bigquery.Dataset(
      name,
      {
        datasetId,
        friendlyName: datasetId,
        description: `Features of stack ${stack}`,
        project,
        location: region,
        defaultEncryptionConfiguration: { kmsKeyName: key },
        maxTimeTravelHours: String(timeTravelHours),
        deleteContentsOnDestroy: !protects(args, args.deletionProtection),
        labels: standardLabels(args, name),
      },
      { parent: this },
    );
    this.qualifiedName = pulumi.interpolate`${project}.${dataset.datasetId}`;
    this.registerOutputs({ qualifiedName: this.qualifiedName });
  }
}

/** All that is wrong with the arguments. */
export function datasetProblems({ datasetId = "ml_features", timeTravelHours = 168 }: GcpDatasetArgs) {
  return [
    ...problemIf(
      !/^\w{1,1024}$/.test(datasetId),
      "datasetId",
      `is "${datasetId}"; allowed are up to 1024 letters, digits and _.`,
    ),
    ...problemIf(
      !Number.isInteger(timeTravelHours / 24) || timeTravelHours < 48 || timeTravelHours > 168,
      "timeTravelHours",
      `is ${timeTravelHours}; allowed are whole days of hours from 48 to 168.`,
    ),
  ] satisfies readonly ArgumentProblem[];
}
