import type { Rule } from "../frame/rule";
import { acrNoAdmin } from "./acrNoAdmin";
import { aksAzureRbac } from "./aksAzureRbac";
import { aksNoLocalAccounts } from "./aksNoLocalAccounts";
import { aksWorkloadIdentity } from "./aksWorkloadIdentity";
import { awsResourcePolicyClosed } from "./awsResourcePolicyClosed";
import { azureStorageNoKeys } from "./azureStorageNoKeys";
import { azureVaultRbac } from "./azureVaultRbac";
import { eksAccessEntries } from "./eksAccessEntries";
import { eksNoCreatorAdmin } from "./eksNoCreatorAdmin";
import { eksNoMastersGroup } from "./eksNoMastersGroup";
import { gcpNoAccountKeys } from "./gcpNoAccountKeys";
import { gcpNoBasicRoles } from "./gcpNoBasicRoles";
import { gcpNoPublicMembers } from "./gcpNoPublicMembers";
import { gkeNoClientCertificate } from "./gkeNoClientCertificate";
import { gkeNodeAccount } from "./gkeNodeAccount";
import { gkeNodeMetadata } from "./gkeNodeMetadata";
import { gkeNoLegacyAccess } from "./gkeNoLegacyAccess";
import { gkeWorkloadIdentity } from "./gkeWorkloadIdentity";
import { iamFederationScoped } from "./iamFederationScoped";
import { iamNoAccessKeys } from "./iamNoAccessKeys";
import { iamNoAdministrators } from "./iamNoAdministrators";
import { iamNoWildcardActions } from "./iamNoWildcardActions";
import { iamNoWildcardResources } from "./iamNoWildcardResources";
import { iamTrustNamed } from "./iamTrustNamed";
import { rdsIamLogins } from "./rdsIamLogins";
import { rdsManagedPassword } from "./rdsManagedPassword";

/** Rules of the subject identity. */
export const IDENTITY_RULES: readonly Rule[] = [
  acrNoAdmin,
  aksAzureRbac,
  aksNoLocalAccounts,
  aksWorkloadIdentity,
  awsResourcePolicyClosed,
  azureStorageNoKeys,
  azureVaultRbac,
  eksAccessEntries,
  eksNoCreatorAdmin,
  eksNoMastersGroup,
  gcpNoAccountKeys,
  gcpNoBasicRoles,
  gcpNoPublicMembers,
  gkeNoClientCertificate,
  gkeNoLegacyAccess,
  gkeNodeAccount,
  gkeNodeMetadata,
  gkeWorkloadIdentity,
  iamFederationScoped,
  iamNoAccessKeys,
  iamNoAdministrators,
  iamNoWildcardActions,
  iamNoWildcardResources,
  iamTrustNamed,
  rdsIamLogins,
  rdsManagedPassword,
];
