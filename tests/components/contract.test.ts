import type { Foundation } from "../../components/contract";
import { LocalDatabase } from "../../components/local/database";
import { LocalObjectStore } from "../../components/local/objectStore";
import { LocalService } from "../../components/local/service";
import { servingService } from "../../services/serving/service";
import { awsFoundation } from "../../stacks/awsFoundation";
import { azureFoundation } from "../../stacks/azureFoundation";
import type { FoundationBuilder } from "../../stacks/cloudPlatform";
import { gcpFoundation } from "../../stacks/gcpFoundation";
import { awsCatalogue } from "../../tools/rehearsal/aws/catalogue";
import { azureCatalogue } from "../../tools/rehearsal/azure/catalogue";
import { gcpCatalogue } from "../../tools/rehearsal/gcp/catalogue";
import { recordAws } from "../support/awsCloud";
import { recordAzure } from "../support/azureCloud";
import { describeCloud } from "../support/cloudContract";
import { parseValues } from "../support/config";
import { recordGcp } from "../support/gcpCloud";
import { record } from "../support/pulumiMocks";
import { committedSettings } from "../support/rehearsal";
import { temporaryFolder } from "../support/temporaryFolder";

/** A program that builds the cloud as the committed stack prod has it. */
function prod(build: FoundationBuilder): () => Foundation {
  const config = parseValues(committedSettings("prod"), "prod");
  return () => {
    const foundation = build(config, "prod");
    if (!foundation) throw new Error("Stack prod does not name the cloud.");
    return foundation;
  };
}

const ANYONE = ["0.0.0.0/0", "::/0", "*", "Internet", "allUsers", "allAuthenticatedUsers"];

/** Do the inputs name everybody, other than as a destination? */
function namesAnyone(value: unknown): boolean {
  return typeof value === "string" ? ANYONE.includes(value) : false;
}

describeCloud({
  cloud: "aws",
  tops: ["tideline:aws:Foundation"],
  build: (preview) => recordAws(prod(awsFoundation), { preview }),
  tags: { inputs: ["tags"], pair: ["Stack", "prod"], catalogue: awsCatalogue },
  openness: ({ type, name, inputs }) => {
    if (type.endsWith(":SecurityGroupIngressRule") && namesAnyone(inputs.cidrIpv4)) return `${name} lets anyone in`;
    if (type === "aws:rds/instance:Instance" && inputs.publiclyAccessible !== false) return `${name} is public`;
    const { endpointPublicAccess } = (inputs.vpcConfig ?? {}) as { endpointPublicAccess?: boolean };
    return endpointPublicAccess ? `${name} has a public API server` : undefined;
  },
  encrypted: {
    "aws:rds/instance:Instance": ({ kmsKeyId, storageEncrypted }) => (storageEncrypted ? kmsKeyId : undefined),
    "aws:eks/cluster:Cluster": ({ encryptionConfig }) => encryptionConfig,
    "aws:cloudwatch/logGroup:LogGroup": ({ kmsKeyId }) => kmsKeyId,
    "aws:elasticache/replicationGroup:ReplicationGroup": ({ kmsKeyId }) => kmsKeyId,
    "aws:sns/topic:Topic": ({ kmsMasterKeyId }) => kmsMasterKeyId,
    "aws:ecr/repository:Repository": ({ encryptionConfigurations }) => encryptionConfigurations,
  },
});

describeCloud({
  cloud: "gcp",
  tops: ["tideline:gcp:Foundation"],
  build: (preview) => recordGcp(prod(gcpFoundation), { preview }),
  tags: { inputs: ["userLabels", "resourceLabels", "labels"], pair: ["stack", "prod"], catalogue: gcpCatalogue },
  openness: ({ type, name, inputs }) => {
    if (namesAnyone(inputs.member)) return `${name} grants a role to anyone`;
    const { publicAccessPrevention, sourceRanges, allows } = inputs;
    if (type === "gcp:storage/bucket:Bucket" && publicAccessPrevention !== "enforced") return `${name} may be public`;
    const ranges = Array.isArray(sourceRanges) ? sourceRanges : [];
    return allows !== undefined && ranges.some(namesAnyone) ? `${name} lets anyone in` : undefined;
  },
  encrypted: {
    "gcp:storage/bucket:Bucket": ({ encryption }) => encryption,
    "gcp:sql/databaseInstance:DatabaseInstance": ({ encryptionKeyName }) => encryptionKeyName,
    "gcp:container/cluster:Cluster": ({ databaseEncryption }) => databaseEncryption,
    "gcp:redis/instance:Instance": ({ customerManagedKey }) => customerManagedKey,
    "gcp:artifactregistry/repository:Repository": ({ kmsKeyName }) => kmsKeyName,
  },
});

describeCloud({
  cloud: "azure",
  tops: ["tideline:azure:Foundation"],
  build: (preview) => recordAzure(prod(azureFoundation), { preview }),
  tags: { inputs: ["tags"], pair: ["stack", "prod"], catalogue: azureCatalogue },
  openness: ({ name, inputs }) => {
    if (inputs.allowBlobPublicAccess === true) return `${name} may be public`;
    const { publicNetworkAccess } = (inputs.network ?? inputs.properties ?? inputs) as { publicNetworkAccess?: string };
    return publicNetworkAccess === "Enabled" ? `${name} is reached from the internet` : undefined;
  },
  encrypted: {
    "azure-native:storage:StorageAccount": ({ encryption }) => encryption,
    "azure-native:containerservice:ManagedCluster": ({ securityProfile }) =>
      (securityProfile as { azureKeyVaultKms?: unknown } | undefined)?.azureKeyVaultKms,
  },
});

const home = temporaryFolder();

describeCloud({
  cloud: "local",
  tops: ["tideline:local:Database", "tideline:local:ObjectStore", "tideline:local:Service"],
  build: (preview) =>
    record(
      () => ({
        database: new LocalDatabase("metadata", { port: 5432, logLevel: "info", home }),
        objects: new LocalObjectStore("objects", { home }),
        serving: new LocalService("serving", { descriptor: servingService, port: 8080, environment: {}, home }),
      }),
      { types: { "pulumi-nodejs:dynamic/tideline:LocalProcess": () => ({ pid: 1 }) }, preview },
    ),
  openness: ({ name, inputs }) => (inputs.host === "127.0.0.1" ? undefined : `${name} listens beyond this machine`),
  // What lies on this machine is as safe as the machine.
  encrypted: {},
});
