import type { PlantedFault } from "./plantedFaults";

const GKE = "gcp:container/cluster:Cluster";
const POOL = "gcp:container/nodePool:NodePool";
const SQL = "gcp:sql/databaseInstance:DatabaseInstance";
const BUCKET = "gcp:storage/bucket:Bucket";
const AKS = "azure-native:containerservice:ManagedCluster";
const AGENTS = "azure-native:containerservice:AgentPool";
const POSTGRES = "azure-native:dbforpostgresql:Server";
const ACCOUNT = "azure-native:storage:StorageAccount";
const REGISTRY = "azure-native:containerregistry:Registry";

/** Faults of Google Cloud and Azure, as AWS_FAULTS. */
export const OTHER_FAULTS: readonly PlantedFault[] = [
  { rule: "gke-private-nodes", type: GKE, set: { "privateClusterConfig.enablePrivateNodes": false } },
  { rule: "gke-no-legacy-access", type: GKE, set: { enableLegacyAbac: true } },
  { rule: "gke-shielded-nodes", type: GKE, set: { enableShieldedNodes: false } },
  { rule: "gke-release-channel", type: GKE, set: { "releaseChannel.channel": "RAPID" } },
  { rule: "gke-logs", type: GKE, set: { "loggingConfig.enableComponents": ["SYSTEM_COMPONENTS"] } },
  { rule: "gke-deletion-protection", type: GKE, set: { deletionProtection: false } },
  { rule: "gke-node-repair", type: POOL, set: { "management.autoRepair": false } },
  { rule: "gke-node-pool-maximum", type: POOL, set: { "autoscaling.totalMaxNodeCount": 400 } },
  { rule: "cloudsql-multi-zone", type: SQL, set: { "settings.availabilityType": "ZONAL" } },
  { rule: "cloudsql-deletion-protection", type: SQL, set: { "settings.deletionProtectionEnabled": false } },
  { rule: "gcs-not-public", type: BUCKET, set: { publicAccessPrevention: "inherited" } },
  { rule: "gcs-uniform-access", type: BUCKET, set: { uniformBucketLevelAccess: false } },
  { rule: "gcs-versioned", type: BUCKET, set: { "versioning.enabled": false } },
  { rule: "gcs-keeps-content", type: BUCKET, set: { forceDestroy: true } },
  { rule: "gcp-key-rotation", type: "gcp:kms/cryptoKey:CryptoKey", set: { rotationPeriod: "31536000s" } },
  { rule: "gcp-nat-logs", type: "gcp:compute/routerNat:RouterNat", set: { "logConfig.enable": false } },
  { rule: "gcp-no-basic-roles", type: "gcp:projects/iAMMember:IAMMember", set: { role: "roles/editor" } },
  { rule: "memorystore-password", type: "gcp:redis/instance:Instance", set: { authEnabled: false } },
  { rule: "aks-no-local-accounts", type: AKS, set: { disableLocalAccounts: false } },
  { rule: "aks-no-run-command", type: AKS, set: { "apiServerAccessProfile.disableRunCommand": false } },
  { rule: "aks-azure-policy", type: AKS, set: { "addonProfiles.azurepolicy.enabled": false } },
  { rule: "aks-nodes-private", type: AGENTS, set: { enableNodePublicIP: true } },
  { rule: "aks-host-encryption", type: AGENTS, set: { enableEncryptionAtHost: false } },
  { rule: "aks-gpu-taint", type: AGENTS, set: { nodeTaints: [] } },
  { rule: "azure-postgres-multi-zone", type: POSTGRES, set: { "highAvailability.mode": "Disabled" } },
  { rule: "azure-storage-no-anonymous", type: ACCOUNT, set: { allowBlobPublicAccess: true } },
  { rule: "azure-storage-no-keys", type: ACCOUNT, set: { allowSharedKeyAccess: true } },
  { rule: "azure-container-private", type: "azure-native:storage:BlobContainer", set: { publicAccess: "Blob" } },
  {
    rule: "azure-blobs-versioned",
    type: "azure-native:storage:BlobServiceProperties",
    set: { isVersioningEnabled: false },
  },
  { rule: "acr-no-admin", type: REGISTRY, set: { adminUserEnabled: true } },
  { rule: "acr-no-anonymous", type: REGISTRY, set: { anonymousPullEnabled: true } },
  {
    rule: "azure-redis-closed",
    type: "azure-native:redisenterprise:RedisEnterprise",
    set: { publicNetworkAccess: "Enabled" },
  },
];
