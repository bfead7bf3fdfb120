import * as projects from "@pulumi/gcp/projects";
import * as secretmanager from "@pulumi/gcp/secretmanager";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as storage from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { Identity } from "../contract";
import { NAME_LIMITS, physicalName } from "../naming";
import type { GcpPlace } from "./place";

/** What an identity may do with a bucket's objects. */
export type BucketAccess = "read" | "readWrite";

export interface GcpIdentityArgs extends GcpPlace {
  /** Kubernetes namespace and service account that take the identity on. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /** The cluster's pool of workload identities. */
  readonly workloadPool: pulumi.Input<string>;
  /** Buckets by a name that is known while planning. @default none */
  readonly buckets?: Readonly<Record<string, { readonly bucket: pulumi.Input<string>; readonly access: BucketAccess }>>;
  /** Secrets that it may read, by a name that is known while planning. @default none */
  readonly secrets?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Roles in the project, such as roles/cloudsql.client; never a basic role. @default none */
  readonly roles?: readonly string[];
}

const BUCKET_ROLES: Readonly<Record<BucketAccess, string>> = {
  read: "roles/storage.objectViewer",
  readWrite: "roles/storage.objectUser",
};

/** A Google service account that the pods of one Kubernetes service account act as, without any key. */
export class GcpIdentity extends pulumi.ComponentResource implements Identity {
  readonly principal: pulumi.Output<string>;
  readonly serviceAccountAnnotations: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: GcpIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("GcpIdentity", name, identityProblems(args));
    super("tideline:gcp:Identity", name, {}, opts);
    const { stack, project, namespace, serviceAccount, workloadPool } = args;
    const account = new serviceaccount.Account(
      name,
      {
        accountId: physicalName({ stack, component: name }, NAME_LIMITS.gcpServiceAccount),
        displayName: `${namespace}/${serviceAccount} of stack ${stack}`,
        project,
      },
      { parent: this },
    );
    new serviceaccount.IAMMember(
      `${name}-workload`,
      {
        serviceAccountId: account.name,
        role: "roles/iam.workloadIdentityUser",
        member: pulumi.interpolate`serviceAccount:${workloadPool}[${namespace}/${serviceAccount}]`,
      },
      { parent: this },
    );
    grant(this, name, args, pulumi.interpolate`serviceAccount:${account.email}`);
    this.principal = account.email;
    this.serviceAccountAnnotations = account.email.apply(
      (email): Record<string, string> => ({ "iam.gke.io/gcp-service-account": email }),
    );
    this.registerOutputs({
      principal: this.principal,
      serviceAccountAnnotations: this.serviceAccountAnnotations,
    });
  }
}

/** Adds single members, so that grants made by others stay. */
function grant(
  parent: pulumi.Resource,
  name: string,
  { project, buckets = {}, secrets = {}, roles = [] }: GcpIdentityArgs,
  member: pulumi.Output<string>,
): void {
  for (const [part, { bucket, access }] of Object.entries(buckets)) {
    new storage.BucketIAMMember(`${name}-${part}`, { bucket, role: BUCKET_ROLES[access], member }, { parent });
  }
  for (const [part, secretId] of Object.entries(secrets)) {
    new secretmanager.SecretIamMember(
      `${name}-${part}`,
      { secretId, role: "roles/secretmanager.secretAccessor", member },
      { parent },
    );
  }
  for (const role of roles) {
    const part = role.replace(/^roles\//, "").replaceAll(".", "-");
    new projects.IAMMember(`${name}-${part}`, { project, role, member }, { parent });
  }
}

/** All that is wrong with the arguments. */
export function identityProblems(args: GcpIdentityArgs): readonly ArgumentProblem[] {
  const { namespace, serviceAccount, roles = [] } = args;
  const basic = roles.find((role) => /^roles\/(owner|editor|viewer)$/.test(role));
  return [
    ...problemIf(
      !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace),
      "namespace",
      `is "${namespace}"; give one Kubernetes namespace, without wildcard.`,
    ),
    ...problemIf(
      !/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(serviceAccount),
      "serviceAccount",
      `is "${serviceAccount}"; give one Kubernetes service account, without wildcard.`,
    ),
    ...problemIf(
      basic !== undefined,
      "roles",
      `has ${basic}, a basic role over everything in the project; name the predefined roles that the workload needs.`,
    ),
  ];
}
