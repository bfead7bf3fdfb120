import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { NAME_LIMITS } from "../naming";
import { type AwsPlace, awsName, protects, standardTags } from "./place";

export interface AwsGeneratedSecretArgs {
  readonly place: AwsPlace;
  readonly description: string;
  readonly kmsKeyArn: pulumi.Input<string>;
}

/** A password of ours in Secrets Manager: 40 letters and digits, which no client needs to escape. */
export class AwsGeneratedSecret extends pulumi.ComponentResource {
  readonly secretArn: pulumi.Output<string>;
  /** The password. Secret. */
  readonly value: pulumi.Output<string>;

  constructor(name: string, args: AwsGeneratedSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:aws:GeneratedSecret", name, {}, opts);
    const { place, description, kmsKeyArn } = args;
    const password = new random.RandomPassword(name, { length: 40, special: false }, { parent: this });
    const secret = new secretsmanager.Secret(
      name,
      {
        name: awsName(place, name, NAME_LIMITS.awsSecret),
        description,
        kmsKeyId: kmsKeyArn,
        // At once outside prod: otherwise the name stays taken for a month after a destroy.
        recoveryWindowInDays: protects(place) ? 30 : 0,
        tags: standardTags(place, name),
      },
      { parent: this },
    );
    const version = new secretsmanager.SecretVersion(
      name,
      { secretId: secret.arn, secretString: password.result },
      { parent: this },
    );
    this.value = pulumi.secret(password.result);
    // Known once the value is in place, so that nobody reads an empty secret.
    this.secretArn = pulumi.all([secret.arn, version.id]).apply(([arn]) => arn);
    this.registerOutputs({ secretArn: this.secretArn });
  }
}
