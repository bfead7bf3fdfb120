import type { CloudFunction } from "../catalogue";
import type { ResourceType } from "../resourceType";
import { cacheTypes } from "./cache";
import { clusterType } from "./cluster";
import { accessTypes } from "./clusterAccess";
import { databaseTypes } from "./database";
import { eventTypes } from "./events";
import { networkTypes } from "./network";
import { networkAccessTypes } from "./networkAccess";
import { nodeTypes } from "./nodes";
import { operationsTypes } from "./operations";
import { routingTypes } from "./routing";
import { securityTypes } from "./security";
import { storageTypes } from "./storage";
import { vpnTypes } from "./vpn";

/** Every AWS resource type that the program uses. */
export const awsTypes: readonly ResourceType[] = [
  ...networkTypes,
  ...routingTypes,
  ...networkAccessTypes,
  ...securityTypes,
  clusterType,
  ...nodeTypes,
  ...accessTypes,
  ...eventTypes,
  ...storageTypes,
  ...databaseTypes,
  ...cacheTypes,
  ...operationsTypes,
  ...vpnTypes,
];

/** Every function of the AWS provider that the program invokes. */
export const awsFunctions: Readonly<Record<string, CloudFunction>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_, { account }) => ({
    id: account,
    accountId: account,
    arn: `arn:aws:sts::${account}:assumed-role/rehearsal/session`,
    userId: "AROAREHEARSAL:session",
  }),
  "aws:iam/getSessionContext:getSessionContext": (args, { account }) => ({
    id: args.arn,
    arn: args.arn,
    issuerArn: `arn:aws:iam::${account}:role/rehearsal`,
    issuerId: "AROAREHEARSAL",
    issuerName: "rehearsal",
    sessionName: "session",
  }),
};
