import type { Rule } from "../frame/rule";
import { acrClosed } from "./acrClosed";
import { aksNetworkPolicies } from "./aksNetworkPolicies";
import { aksNodesPrivate } from "./aksNodesPrivate";
import { awsDefaultGroupAdopted } from "./awsDefaultGroupAdopted";
import { awsDefaultGroupEmpty } from "./awsDefaultGroupEmpty";
import { awsFlowLogs } from "./awsFlowLogs";
import { awsFlowLogsAll } from "./awsFlowLogsAll";
import { awsIngressBreadth } from "./awsIngressBreadth";
import { awsNatPerZone } from "./awsNatPerZone";
import { awsSubnetNoPublicAddresses } from "./awsSubnetNoPublicAddresses";
import { azureIngressBreadth } from "./azureIngressBreadth";
import { azureRedisClosed } from "./azureRedisClosed";
import { azureStorageClosed } from "./azureStorageClosed";
import { azureVaultClosed } from "./azureVaultClosed";
import { gcpFlowLogs } from "./gcpFlowLogs";
import { gcpIngressBreadth } from "./gcpIngressBreadth";
import { gcpNatLogs } from "./gcpNatLogs";
import { gcpNoAutomaticSubnets } from "./gcpNoAutomaticSubnets";
import { gcpPrivateGoogleAccess } from "./gcpPrivateGoogleAccess";
import { gkeNetworkPolicies } from "./gkeNetworkPolicies";

/** Rules of the subject network. */
export const NETWORK_RULES: readonly Rule[] = [
  acrClosed,
  aksNetworkPolicies,
  aksNodesPrivate,
  awsDefaultGroupAdopted,
  awsDefaultGroupEmpty,
  awsFlowLogs,
  awsFlowLogsAll,
  awsIngressBreadth,
  awsNatPerZone,
  awsSubnetNoPublicAddresses,
  azureIngressBreadth,
  azureRedisClosed,
  azureStorageClosed,
  azureVaultClosed,
  gcpFlowLogs,
  gcpIngressBreadth,
  gcpNatLogs,
  gcpNoAutomaticSubnets,
  gcpPrivateGoogleAccess,
  gkeNetworkPolicies,
];
