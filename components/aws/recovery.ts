import * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf } from "../arguments";
import { AwsEncryptionKey } from "./encryptionKey";
import type { AwsPlace } from "./place";

export interface AwsBackupCopiesArgs {
  /** The place of the copies. */
  readonly place: AwsPlace;
  readonly databaseArn: pulumi.Input<string>;
  /** Days that the copies are kept, 1 to 35. */
  readonly retentionDays: number;
}

/** Copies of a database's snapshots and logs in another region: any point in time can be had there too. */
export class AwsBackupCopies extends pulumi.ComponentResource {
  constructor(name: string, args: AwsBackupCopiesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:aws:BackupCopies", name, {}, opts);
    const { place, databaseArn, retentionDays } = args;
    const key = new AwsEncryptionKey(
      `${name}-key`,
      { place, description: `Copies of the database's backups of ${place.stack}` },
      { parent: this },
    );
    new rds.InstanceAutomatedBackupsReplication(
      name,
      { sourceDbInstanceArn: databaseArn, kmsKeyId: key.arn, retentionPeriod: retentionDays },
      { parent: this, customTimeouts: { create: "75m" } },
    );
    this.registerOutputs({});
  }
}

/** All that is wrong with a second region. */
export function recoveryProblems(region: string, recovery: string | undefined): readonly ArgumentProblem[] {
  return [
    ...problemIf(
      recovery === region,
      "recovery.region",
      `is ${recovery}, the stack's own region, where the same disaster would find it; give another.`,
    ),
    ...problemIf(
      recovery !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(recovery),
      "recovery.region",
      `is "${recovery}", which is no region's name; give one such as us-west-2.`,
    ),
  ];
}
