import type { CloudFunction } from "../catalogue";
import type { Made, ResourceType } from "../resourceType";
import { clusterType } from "./cluster";
import { databaseTypes } from "./database";
import { projectNumber } from "./gcpType";
import { keyTypes } from "./keys";
import { monitoringTypes } from "./monitoring";
import { networkTypes } from "./network";
import { nodePoolType } from "./nodePool";
import { projectTypes } from "./project";
import { secretTypes } from "./secret";
import { storageTypes } from "./storage";
import { vpnTypes } from "./vpn";

/** Every Google Cloud resource type that the program uses. */
export const gcpTypes: readonly ResourceType[] = [
  ...projectTypes,
  ...networkTypes,
  ...keyTypes,
  clusterType,
  nodePoolType,
  ...databaseTypes,
  ...storageTypes,
  ...secretTypes,
  ...monitoringTypes,
  ...vpnTypes,
];

/** Project that a function is asked about: the argument's, or the provider's. */
const projectIn = (args: Readonly<Record<string, unknown>>, { account }: Made) => String(args.project ?? account);

/** Every function of the Google Cloud provider that the program invokes. */
export const gcpFunctions: Readonly<Record<string, CloudFunction>> = {
  "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": (args, made) => {
    const project = projectIn(args, made);
    const emailAddress = `service-${projectNumber(project)}@gs-project-accounts.iam.gserviceaccount.com`;
    return { id: emailAddress, emailAddress, member: `serviceAccount:${emailAddress}`, project };
  },
  "gcp:bigquery/getDefaultServiceAccount:getDefaultServiceAccount": (args, made) => {
    const project = projectIn(args, made);
    const email = `bq-${projectNumber(project)}@bigquery-encryption.iam.gserviceaccount.com`;
    return { id: email, email, member: `serviceAccount:${email}`, project };
  },
};
