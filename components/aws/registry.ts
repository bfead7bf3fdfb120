import * as ecr from "@pulumi/aws/ecr";
import * as pulumi from "@pulumi/pulumi";
import type { Registry } from "../contract";
import { NAME_LIMITS } from "../naming";
import { AwsEncryptionKey } from "./encryptionKey";
import { type AwsPlace, awsName, protects, standardTags } from "./place";

export interface AwsRegistryArgs {
  readonly place: AwsPlace;
  /** Region that gets a copy of every image. A setting of the whole account, so one stack alone may give it. @default none */
  readonly replicaRegion?: string;
}

/** Name, below the registry's URL, of the one image that the platform's services share. */
const IMAGE = "tideline";

/** A private repository for the platform's image, which in ECR is one for each image: tags that cannot be moved, a scan at every push. */
export class AwsRegistry extends pulumi.ComponentResource implements Registry {
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: AwsRegistryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:aws:Registry", name, {}, opts);
    const { place, replicaRegion } = args;
    const key = new AwsEncryptionKey(
      `${name}-key`,
      { place, description: `Images of ${place.stack}` },
      { parent: this },
    );
    const prefix = awsName(place, name, NAME_LIMITS.awsRepository);
    const repository = new ecr.Repository(
      name,
      {
        name: `${prefix}/${IMAGE}`,
        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: key.arn }],
        imageScanningConfiguration: { scanOnPush: true },
        imageTagMutability: "IMMUTABLE",
        forceDelete: !protects(place),
        tags: standardTags(place, name),
      },
      { parent: this },
    );
    new ecr.LifecyclePolicy(name, { repository: repository.name, policy: KEEP }, { parent: this });
    if (replicaRegion !== undefined) {
      new ecr.ReplicationConfiguration(
        name,
        {
          replicationConfiguration: {
            rules: [
              {
                destinations: [{ region: replicaRegion, registryId: place.accountId }],
                repositoryFilters: [{ filter: repository.name, filterType: "PREFIX_MATCH" }],
              },
            ],
          },
        },
        { parent: this },
      );
    }
    this.url = repository.repositoryUrl.apply((url) => url.slice(0, -`/${IMAGE}`.length));
    this.registerOutputs({ url: this.url });
  }
}

/** What loses its tag goes after two weeks; of the rest the newest hundred stay. */
const KEEP = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      description: "Images without a tag",
      selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 14 },
      action: { type: "expire" },
    },
    {
      rulePriority: 2,
      description: "All but the newest hundred",
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 100 },
      action: { type: "expire" },
    },
  ],
});
