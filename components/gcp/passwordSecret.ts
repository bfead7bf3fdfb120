import * as secretmanager from "@pulumi/gcp/secretmanager";
import * as pulumi from "@pulumi/pulumi";
import { NAME_LIMITS, physicalName } from "../naming";
import { type GcpPlace, protects, standardLabels } from "./place";

export interface GcpPasswordSecretArgs extends GcpPlace {
  /** Component that the password belongs to; part of the secret's name. */
  readonly owner: string;
  /** What the secret is of its owner, such as password. */
  readonly part: string;
  readonly password: pulumi.Input<string>;
  /** Key that encrypts it. */
  readonly key: pulumi.Input<string>;
  /** @default on in prod */
  readonly deletionProtection?: boolean | undefined;
}

/** A password in Secret Manager, in the stack's region only, encrypted with the stack's key. */
export class GcpPasswordSecret extends pulumi.ComponentResource {
  /** projects/PROJECT/secrets/NAME, ready once it holds the password. */
  readonly secretName: pulumi.Output<string>;

  constructor(name: string, args: GcpPasswordSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:gcp:PasswordSecret", name, {}, opts);
    const { stack, project, region, owner, part, key } = args;
    const secret = new secretmanager.Secret(
      name,
      {
        secretId: physicalName({ stack, component: owner, part }, NAME_LIMITS.gcpSecret),
        project,
        replication: {
          userManaged: { replicas: [{ location: region, customerManagedEncryption: { kmsKeyName: key } }] },
        },
        deletionProtection: protects(args, args.deletionProtection),
        labels: standardLabels(args, owner),
      },
      { parent: this },
    );
    const version = new secretmanager.SecretVersion(
      name,
      { secret: secret.id, secretData: pulumi.secret(args.password), deletionPolicy: "DELETE" },
      { parent: this },
    );
    this.secretName = version.secret;
    this.registerOutputs({ secretName: this.secretName });
  }
}
