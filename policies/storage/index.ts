import type { Rule } from "../frame/rule";
import { acrNoAnonymous } from "./acrNoAnonymous";
import { artifactRegistryImmutableTags } from "./artifactRegistryImmutableTags";
import { azureBlobsUndelete } from "./azureBlobsUndelete";
import { azureBlobsVersioned } from "./azureBlobsVersioned";
import { azureContainerPrivate } from "./azureContainerPrivate";
import { azureLogRetention } from "./azureLogRetention";
import { azureStorageNoAnonymous } from "./azureStorageNoAnonymous";
import { bigqueryKeepsContent } from "./bigqueryKeepsContent";
import { bucketWorkloads } from "./bucketWorkloads";
import { ecrImmutableTags } from "./ecrImmutableTags";
import { ecrScan } from "./ecrScan";
import { gcsKeepsContent } from "./gcsKeepsContent";
import { gcsLifecycleEnds } from "./gcsLifecycleEnds";
import { gcsNotPublic } from "./gcsNotPublic";
import { gcsUniformAccess } from "./gcsUniformAccess";
import { gcsVersioned } from "./gcsVersioned";
import { logGroupRetention } from "./logGroupRetention";
import { s3BucketSettings } from "./s3BucketSettings";
import { s3KeepsContent } from "./s3KeepsContent";
import { s3LifecycleEnds } from "./s3LifecycleEnds";
import { s3NoAcl } from "./s3NoAcl";
import { s3PublicAccessBlocked } from "./s3PublicAccessBlocked";
import { s3Versioned } from "./s3Versioned";

/** Rules of the subject storage. */
export const STORAGE_RULES: readonly Rule[] = [
  acrNoAnonymous,
  artifactRegistryImmutableTags,
  azureBlobsUndelete,
  azureBlobsVersioned,
  azureContainerPrivate,
  azureLogRetention,
  azureStorageNoAnonymous,
  bigqueryKeepsContent,
  bucketWorkloads,
  ecrImmutableTags,
  ecrScan,
  gcsKeepsContent,
  gcsLifecycleEnds,
  gcsNotPublic,
  gcsUniformAccess,
  gcsVersioned,
  logGroupRetention,
  s3BucketSettings,
  s3KeepsContent,
  s3LifecycleEnds,
  s3NoAcl,
  s3PublicAccessBlocked,
  s3Versioned,
];
