import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { NAME_LIMITS } from "../naming";
import { type AwsPlace, awsName, protects, standardTags } from "./place";
import { policyDocument, type Statement } from "./policyDocument";

export interface AwsEncryptionKeyArgs {
  readonly place: AwsPlace;
  /** What it encrypts, for the console. */
  readonly description: string;
  /** Services that encrypt with it on their own behalf. @default none: callers use it through their own rights */
  readonly services?: readonly KeyService[];
}

/** Services whose principal needs to be in a key's policy. */
export type KeyService = "logs" | "sns" | "cloudwatch" | "budgets" | "events";

/** A customer-managed KMS key that rotates every year, with an alias of a stable name. */
export class AwsEncryptionKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly keyId: pulumi.Output<string>;

  constructor(name: string, args: AwsEncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:aws:EncryptionKey", name, {}, opts);
    const { place, description, services = [] } = args;
    const key = new kms.Key(
      name,
      {
        description,
        enableKeyRotation: true,
        // The longest that AWS allows: time to notice that something still needed the key.
        deletionWindowInDays: protects(place) ? 30 : 7,
        policy: keyPolicy(place, services),
        tags: standardTags(place, name),
      },
      { parent: this },
    );
    const aliasName = `alias/${awsName(place, name, NAME_LIMITS.awsKeyAlias)}`;
    new kms.Alias(name, { name: aliasName, targetKeyId: key.keyId }, { parent: this });
    this.arn = key.arn;
    this.keyId = key.keyId;
    this.registerOutputs({ arn: this.arn });
  }
}

/** What a key's own account may do with it; granting the rest is IAM's business. AWS's default says kms:*. */
const ACCOUNT_ACTIONS = [
  "CancelKeyDeletion",
  "CreateAlias",
  "CreateGrant",
  "Decrypt",
  "DeleteAlias",
  "DescribeKey",
  "DisableKey",
  "DisableKeyRotation",
  "EnableKey",
  "EnableKeyRotation",
  "Encrypt",
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "GetKeyPolicy",
  "GetKeyRotationStatus",
  "ListGrants",
  "ListKeyPolicies",
  "ListResourceTags",
  "ListRetirableGrants",
  "ListKeyRotations",
  "PutKeyPolicy",
  "ReEncryptFrom",
  "ReEncryptTo",
  "RetireGrant",
  "RevokeGrant",
  "RotateKeyOnDemand",
  "ScheduleKeyDeletion",
  "TagResource",
  "UntagResource",
  "UpdateAlias",
  "UpdateKeyDescription",
].map((action) => `kms:${action}`);

const USE_ACTIONS = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"];

function keyPolicy(place: AwsPlace, services: readonly KeyService[]): pulumi.Output<string> {
  return policyDocument([
    {
      sid: "Account",
      actions: ACCOUNT_ACTIONS,
      principals: { aws: [pulumi.interpolate`arn:aws:iam::${place.accountId}:root`] },
      resources: { any: "the policy's own resource" },
    },
    ...services.map((service) => serviceStatement(place, service)),
  ]);
}

function serviceStatement({ accountId, region }: AwsPlace, service: KeyService): Statement {
  const use = { actions: USE_ACTIONS, resources: { any: "the policy's own resource" } as const };
  const ours = { StringEquals: { "aws:SourceAccount": [accountId] } };
  switch (service) {
    case "logs":
      return {
        sid: "Logs",
        ...use,
        actions: [...USE_ACTIONS, "kms:ReEncryptFrom", "kms:ReEncryptTo"],
        principals: { services: [`logs.${region}.amazonaws.com`] },
        conditions: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": [pulumi.interpolate`arn:aws:logs:${region}:${accountId}:log-group:*`],
          },
        },
      };
    default:
      return { sid: sidOf(service), ...use, principals: { services: [`${service}.amazonaws.com`] }, conditions: ours };
  }
}

function sidOf(service: string): string {
  return service.charAt(0).toUpperCase() + service.slice(1);
}
