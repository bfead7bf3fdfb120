import * as keyvault from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import { type AzurePlace, azureName, standardTags } from "./place";

export interface AzurePasswordSecretArgs extends AzurePlace {
  /** Component that the password belongs to; part of the secret's name. */
  readonly owner: string;
  /** What the secret is of its owner, such as password. */
  readonly part: string;
  readonly password: pulumi.Input<string>;
  readonly vaultName: pulumi.Input<string>;
}

/** A password in the stack's Key Vault. */
export class AzurePasswordSecret extends pulumi.ComponentResource {
  /** Resource id of the secret. */
  readonly secretId: pulumi.Output<string>;

  constructor(name: string, args: AzurePasswordSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:azure:PasswordSecret", name, {}, opts);
    const { resourceGroupName, vaultName, owner, part, password } = args;
    const secret = new keyvault.Secret(
      name,
      {
        secretName: azureName(args, owner, { maxLength: 127, separator: "-" }, part),
        vaultName,
        resourceGroupName,
        properties: { value: pulumi.secret(password), contentType: "text/plain" },
        tags: standardTags(args, owner),
      },
      // Only somebody inside the network could delete it before its vault goes, which takes it along.
      { parent: this, retainOnDelete: true },
    );
    this.secretId = secret.id;
    this.registerOutputs({ secretId: this.secretId });
  }
}
