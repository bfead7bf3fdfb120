import * as projects from "@pulumi/gcp/projects";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as pulumi from "@pulumi/pulumi";
import { NAME_LIMITS, physicalName } from "../naming";
import type { GcpPlace } from "./place";

/** What a node itself must do: send logs and metrics, pull images. Pods have identities of their own. */
const NODE_ROLES = {
  default: "roles/container.defaultNodeServiceAccount",
  images: "roles/artifactregistry.reader",
} as const;

/** The service account that nodes run as, instead of the project's default account with its editor role. */
export class GcpNodeIdentity extends pulumi.ComponentResource {
  /** The account's address; ready once it may do what nodes do. */
  readonly email: pulumi.Output<string>;

  constructor(name: string, place: GcpPlace, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:gcp:NodeIdentity", name, {}, opts);
    const { stack, project } = place;
    const account = new serviceaccount.Account(
      name,
      {
        accountId: physicalName({ stack, component: name }, NAME_LIMITS.gcpServiceAccount),
        displayName: `Nodes of stack ${stack}`,
        project,
      },
      { parent: this },
    );
    const grants = Object.entries(NODE_ROLES).map(
      ([part, role]) =>
        new projects.IAMMember(
          `${name}-${part}`,
          { project, role, member: pulumi.interpolate`serviceAccount:${account.email}` },
          { parent: this },
        ),
    );
    this.email = pulumi.all([account.email, pulumi.all(grants.map(({ role }) => role))]).apply(([email]) => email);
    this.registerOutputs({ email: this.email });
  }
}
