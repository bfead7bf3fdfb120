import * as bigquery from "@pulumi/gcp/bigquery";
import * as kms from "@pulumi/gcp/kms";
import * as projects from "@pulumi/gcp/projects";
import * as storage from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { Secrets } from "../contract";
import { NAME_LIMITS, physicalName } from "../naming";
import { type GcpPlace, standardLabels } from "./place";

export interface GcpSecretsArgs extends GcpPlace {
  /** Resources that must exist before Google's service accounts can be asked for: the project's APIs. @default none */
  readonly after?: readonly pulumi.Resource[];
  /** Days between rotations of each key, 1 to 365. @default 90 */
  readonly rotationDays?: number;
  /** Where keys live; an HSM's cost more. @default "SOFTWARE" */
  readonly protectionLevel?: "SOFTWARE" | "HSM";
}

/** What has a key of its own, so that access can be given and taken one by one. */
export const KEY_USES = [
  "cluster",
  "disks",
  "database",
  "objects",
  "cache",
  "registry",
  "datasets",
  "secrets",
  "alarms",
  "vault",
] as const;
export type KeyUse = (typeof KEY_USES)[number];

/** Services whose own account asks for a key, and which tell its address when asked to make it. */
const IDENTITIES = {
  cluster: "container",
  database: "sqladmin",
  cache: "redis",
  registry: "artifactregistry",
  secrets: "secretmanager",
  alarms: "pubsub",
} as const satisfies Partial<Record<KeyUse, string>>;

/** A key ring with a key for each use, which Google's services may encrypt with and nobody else. */
export class GcpSecrets extends pulumi.ComponentResource implements Secrets {
  /** Key that Vault unseals with. */
  readonly keyId: pulumi.Output<string>;
  /** Keys by use, ready once their service may use them. */
  readonly keys: Readonly<Record<KeyUse, pulumi.Output<string>>>;
  /** The project's number, part of the address of every Google service's account. */
  readonly projectNumber: pulumi.Output<string>;

  constructor(name: string, args: GcpSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("GcpSecrets", name, secretsProblems(args));
    super("tideline:gcp:Secrets", name, {}, opts);
    const { stack, project, region } = args;
    // A key ring's name is taken for ever, also after its keys are destroyed.
    const suffix = new random.RandomId(`${name}-suffix`, { byteLength: 4 }, { parent: this });
    const ring = new kms.KeyRing(
      name,
      {
        name: suffix.hex.apply((hex) => physicalName({ stack, component: name, suffix: hex }, NAME_LIMITS.gcpKey)),
        project,
        location: region,
      },
      { parent: this },
    );
    const { projectNumber, agents } = serviceAgents(this, name, args);
    const usable = KEY_USES.map((use) => {
      const key = createKey(this, name, use, ring, args);
      const agent = agents[use];
      return [use, agent ? grantKey(this, `${name}-${use}`, key, agent) : key.id] as const;
    });
    this.keys = Object.fromEntries(usable) as unknown as Readonly<Record<KeyUse, pulumi.Output<string>>>;
    this.keyId = this.keys.vault;
    this.projectNumber = projectNumber;
    this.registerOutputs({ keyId: this.keyId });
  }
}

/** All that is wrong with the arguments. */
export function secretsProblems({ rotationDays = 90 }: GcpSecretsArgs): readonly ArgumentProblem[] {
  const wrong = !Number.isInteger(rotationDays) || rotationDays < 1 || rotationDays > 365;
  return problemIf(wrong, "rotationDays", `is ${rotationDays}; allowed are whole days from 1 to 365.`);
}

function createKey(
  parent: pulumi.Resource,
  name: string,
  use: KeyUse,
  ring: kms.KeyRing,
  args: GcpSecretsArgs,
): kms.CryptoKey {
  const { rotationDays = 90, protectionLevel = "SOFTWARE" } = args;
  return new kms.CryptoKey(
    `${name}-${use}`,
    {
      name: use,
      keyRing: ring.id,
      purpose: "ENCRYPT_DECRYPT",
      rotationPeriod: `${rotationDays * 86_400}s`,
      // Time to change one's mind: until then a destroyed key, and all that it encrypts, can be had back.
      destroyScheduledDuration: `${30 * 86_400}s`,
      versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel },
      labels: standardLabels(args, name),
    },
    { parent },
  );
}

/** Lets a service's account use the key; the output waits for it. */
function grantKey(
  parent: pulumi.Resource,
  name: string,
  key: kms.CryptoKey,
  member: pulumi.Output<string>,
): pulumi.Output<string> {
  const grant = new kms.CryptoKeyIAMMember(
    name,
    { cryptoKeyId: key.id, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member },
    { parent },
  );
  return grant.cryptoKeyId;
}

/** Members of IAM that encrypt on the platform's behalf, by use. */
function serviceAgents(
  parent: pulumi.Resource,
  name: string,
  { project, after = [] }: GcpSecretsArgs,
): { readonly projectNumber: pulumi.Output<string>; readonly agents: Partial<Record<KeyUse, pulumi.Output<string>>> } {
  const identities = Object.entries(IDENTITIES).map(([use, service]) => {
    const identity = new projects.ServiceIdentity(
      `${name}-${service}`,
      { project, service: `${service}.googleapis.com` },
      { parent },
    );
    return [use, identity.member] as const;
  });
  const members: Partial<Record<KeyUse, pulumi.Output<string>>> = Object.fromEntries(identities);
  const options = { parent, dependsOn: [...after] };
  const buckets = storage.getProjectServiceAccountOutput({ project }, options);
  const datasets = bigquery.getDefaultServiceAccountOutput({ project }, options);
  const projectNumber = pulumi.output(members.cluster).apply((member = "") => numberIn(member));
  const agents = {
    ...members,
    disks: serviceAccount(projectNumber, "compute-system"),
    objects: buckets.emailAddress.apply((email) => `serviceAccount:${email}`),
    datasets: datasets.email.apply((email) => `serviceAccount:${email}`),
  };
  return { projectNumber, agents };
}

/** Member of IAM for a Google service's account in a project. */
export function serviceAccount(projectNumber: pulumi.Input<string>, service: string): pulumi.Output<string> {
  return pulumi.interpolate`serviceAccount:service-${projectNumber}@${service}.iam.gserviceaccount.com`;
}

/**
 * The project's number in the member serviceAccount:service-NUMBER@SERVICE.iam.gserviceaccount.com.
 * @throws {Error} when there is none.
 */
export function numberIn(member: string): string {
  const number = /service-(\d+)@/.exec(member)?.[1];
  if (number === undefined) throw new Error(`The service account ${member} holds no project number.`);
  return number;
}
