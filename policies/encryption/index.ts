import type { Rule } from "../frame/rule";
import { aksHostEncryption } from "./aksHostEncryption";
import { awsNodeDisksEncrypted } from "./awsNodeDisksEncrypted";
import { azurePostgresTlsForced } from "./azurePostgresTlsForced";
import { azureRedisTls } from "./azureRedisTls";
import { azureStorageHttps } from "./azureStorageHttps";
import { azureVaultRecoverable } from "./azureVaultRecoverable";
import { cloudsqlKey } from "./cloudsqlKey";
import { cloudsqlTlsForced } from "./cloudsqlTlsForced";
import { eksSecretsEncrypted } from "./eksSecretsEncrypted";
import { elasticacheEncrypted } from "./elasticacheEncrypted";
import { elasticacheTls } from "./elasticacheTls";
import { gcpKeyRotation } from "./gcpKeyRotation";
import { gcsKey } from "./gcsKey";
import { gkeSecretsEncrypted } from "./gkeSecretsEncrypted";
import { kmsDeletionWindow } from "./kmsDeletionWindow";
import { kmsRotation } from "./kmsRotation";
import { logGroupKey } from "./logGroupKey";
import { memorystoreTls } from "./memorystoreTls";
import { rdsEncrypted } from "./rdsEncrypted";
import { rdsTlsForced } from "./rdsTlsForced";
import { s3TlsOnly } from "./s3TlsOnly";
import { secretsManagerKey } from "./secretsManagerKey";
import { snsKey } from "./snsKey";

/** Rules of the subject encryption. */
export const ENCRYPTION_RULES: readonly Rule[] = [
  aksHostEncryption,
  awsNodeDisksEncrypted,
  azurePostgresTlsForced,
  azureRedisTls,
  azureStorageHttps,
  azureVaultRecoverable,
  cloudsqlKey,
  cloudsqlTlsForced,
  eksSecretsEncrypted,
  elasticacheEncrypted,
  elasticacheTls,
  gcpKeyRotation,
  gcsKey,
  gkeSecretsEncrypted,
  kmsDeletionWindow,
  kmsRotation,
  logGroupKey,
  memorystoreTls,
  rdsEncrypted,
  rdsTlsForced,
  s3TlsOnly,
  secretsManagerKey,
  snsKey,
];
