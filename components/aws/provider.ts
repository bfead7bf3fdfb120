import { Provider } from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";

export interface AwsProviderArgs {
  /** Region, such as us-east-1. */
  readonly region: string;
  /** Account id, twelve digits; the provider refuses to work in any other. */
  readonly accountId: string;
  /** Role to assume, ARN. @default the credentials' own rights */
  readonly assumeRoleArn?: string;
  /** Tags of everything, also of what components forget. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A provider that can only touch the right account, in the right region, and tags whatever it makes. */
export function awsProvider(
  name: string,
  { region, accountId, assumeRoleArn, tags }: AwsProviderArgs,
  opts: pulumi.ResourceOptions = {},
): Provider {
  return new Provider(
    name,
    {
      region: region as NonNullable<ConstructorParameters<typeof Provider>[1]>["region"] & string,
      allowedAccountIds: [accountId],
      ...(assumeRoleArn === undefined ? {} : { assumeRoles: [{ roleArn: assumeRoleArn, sessionName: "tideline" }] }),
      defaultTags: { tags },
    },
    opts,
  );
}
