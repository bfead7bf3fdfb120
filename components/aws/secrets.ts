import * as pulumi from "@pulumi/pulumi";
import type { Secrets } from "../contract";
import { AwsEncryptionKey } from "./encryptionKey";
import type { AwsPlace } from "./place";
import { policyDocument } from "./policyDocument";

export interface AwsSecretsArgs {
  readonly place: AwsPlace;
}

/** The key that Vault unseals with and that secrets of workloads are encrypted by. */
export class AwsSecrets extends pulumi.ComponentResource implements Secrets {
  readonly keyId: pulumi.Output<string>;

  constructor(name: string, { place }: AwsSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:aws:Secrets", name, {}, opts);
    const key = new AwsEncryptionKey(
      `${name}-key`,
      { place, description: `Vault's seal and workload secrets of ${place.stack}` },
      { parent: this },
    );
    this.keyId = key.arn;
    this.registerOutputs({ keyId: this.keyId });
  }

  /** What Vault's server needs to unseal itself. Source: Vault documentation, "AWS KMS seal". */
  unsealPolicy(): pulumi.Output<string> {
    return policyDocument([
      { sid: "Unseal", actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt"], resources: [this.keyId] },
    ]);
  }
}

/** What a workload needs to read secrets that are named by ARN, and the keys they are encrypted by. */
export function readSecretsPolicy(
  secretArns: readonly pulumi.Input<string>[],
  keyArns: readonly pulumi.Input<string>[],
): pulumi.Output<string> {
  return policyDocument([
    { sid: "Read", actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], resources: secretArns },
    { sid: "Decrypt", actions: ["kms:Decrypt"], resources: keyArns },
  ]);
}
