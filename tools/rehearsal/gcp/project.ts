import type { ResourceType } from "../resourceType";
import { flag, gcpType, input, projectNumber, projectOf, refers, SERVICE, text } from "./gcpType";
import { ACCOUNT, accountType, iamMember } from "./iamMember";

/** Services with an account of their own, and the part of its address behind the @. */
const AGENTS: Readonly<Record<string, string>> = {
  container: "container-engine-robot",
  sqladmin: "gcp-sa-cloud-sql",
  redis: "cloud-redis",
  artifactregistry: "gcp-sa-artifactregistry",
  secretmanager: "gcp-sa-secretmanager",
  pubsub: "gcp-sa-pubsub",
};

const apiName = text({ required: true, replaces: true, pattern: /[a-z]+\.googleapis\.com/ });

/** Projects: APIs, Google's own accounts in them, grants and service accounts. Source: Service Usage and IAM APIs v1. */
export const projectTypes: readonly ResourceType[] = [
  gcpType({
    token: SERVICE,
    inputs: { service: apiName, disableOnDestroy: flag(), disableDependentServices: flag() },
    id: (made) => `${projectOf(made)}/${input(made, "service")}`,
  }),
  gcpType({
    token: "gcp:projects/serviceIdentity:ServiceIdentity",
    inputs: { service: { ...apiName, values: Object.keys(AGENTS).map((api) => `${api}.googleapis.com`) } },
    rules: [
      (made) => {
        const on = made.world.resources.some(
          ({ token, inputs }) => token === SERVICE && inputs.service === made.inputs.service,
        );
        return on
          ? undefined
          : `googleapi: Error 403: ${input(made, "service")} has not been used in project ${projectOf(made)} before or it is disabled. Enable it, then retry., SERVICE_DISABLED`;
      },
    ],
    id: (made) => `projects/${projectOf(made)}/services/${input(made, "service")}`,
    outputs: (made) => {
      const agent = AGENTS[input(made, "service").split(".")[0] ?? ""];
      const email = `service-${projectNumber(projectOf(made))}@${agent}.iam.gserviceaccount.com`;
      return { email, member: `serviceAccount:${email}` };
    },
  }),
  accountType,
  gcpType({
    token: "gcp:serviceaccount/key:Key",
    api: "iam",
    projectless: true,
    inputs: { serviceAccountId: refers(ACCOUNT, ["name"], { required: true, replaces: true }) },
    id: (made) => `${input(made, "serviceAccountId")}/keys/${made.sequence.toString(16).padStart(40, "0")}`,
  }),
  iamMember(
    "gcp:serviceaccount/iAMMember:IAMMember",
    "serviceAccountId",
    refers(ACCOUNT, ["name"], { required: true, replaces: true }),
    "iam",
  ),
  iamMember(
    "gcp:projects/iAMMember:IAMMember",
    "project",
    text({ required: true, replaces: true }),
    "cloudresourcemanager",
  ),
];
