import type { ResourceType } from "../resourceType";
import { deletionPolicy, flag, gcpType, input, list, nested, object, projectOf, refers, text } from "./gcpType";
import { iamMember } from "./iamMember";
import { CRYPTO_KEY, encrypts } from "./keys";

const SECRET = "gcp:secretmanager/secret:Secret";

const replica = object({
  location: text({ required: true, replaces: true }),
  customerManagedEncryption: object({ kmsKeyName: refers(CRYPTO_KEY, [], { required: true }) }),
});

/** The first replica; the platform's secrets have one, in the stack's region. */
function firstReplica(inputs: Readonly<Record<string, unknown>>): unknown {
  const replicas = nested(inputs.replication, "userManaged", "replicas");
  return Array.isArray(replicas) ? replicas[0] : undefined;
}

/** Secret Manager. Source: Secret Manager API v1; the provider's schema, 9.x. */
export const secretTypes: readonly ResourceType[] = [
  gcpType({
    token: SECRET,
    api: "secretmanager",
    labels: "labels",
    inputs: {
      secretId: text({ required: true, replaces: true, pattern: /[\w-]{1,255}/ }),
      replication: object(
        {
          userManaged: object({ replicas: list(replica, { required: true, min: 1, replaces: true }) }),
          auto: object({}),
        },
        { required: true },
      ),
      deletionProtection: flag({ default: false }),
    },
    rules: [
      encrypts(
        ({ inputs }) => nested(firstReplica(inputs), "customerManagedEncryption", "kmsKeyName"),
        "gcp-sa-secretmanager.iam.gserviceaccount.com",
        ({ inputs }) => String(nested(firstReplica(inputs), "location")),
      ),
    ],
    deletionProtection: "deletionProtection",
    id: (made) => `projects/${projectOf(made)}/secrets/${input(made, "secretId")}`,
    outputs: (_, id) => ({ name: id }),
  }),
  gcpType({
    token: "gcp:secretmanager/secretVersion:SecretVersion",
    api: "secretmanager",
    projectless: true,
    inputs: {
      secret: refers(SECRET, [], { required: true, replaces: true }),
      deletionPolicy,
      secretData: text({ required: true, replaces: true, maxLength: 65_536 }),
    },
    id: (made) => `${input(made, "secret")}/versions/${made.sequence}`,
    outputs: (made, id) => ({ name: id, version: String(made.sequence), enabled: true }),
  }),
  iamMember(
    "gcp:secretmanager/secretIamMember:SecretIamMember",
    "secretId",
    refers(SECRET, [], { required: true, replaces: true }),
    "secretmanager",
  ),
];
