import type { PlantedFault } from "./plantedFaults";

const GKE = "gcp:container/cluster:Cluster";
const POOL = "gcp:container/nodePool:NodePool";
const SQL = "gcp:sql/databaseInstance:DatabaseInstance";
const SUBNET = "gcp:compute/subnetwork:Subnetwork";
const AKS = "azure-native:containerservice:ManagedCluster";
const AGENTS = "azure-native:containerservice:AgentPool";
const POSTGRES = "azure-native:dbforpostgresql:Server";
const SETTING = "azure-native:dbforpostgresql:Configuration";
const VAULT = "azure-native:keyvault:Vault";
const ACCOUNT = "azure-native:storage:StorageAccount";
const HALVES = ["0.0.0.0/1", "128.0.0.0/1"];

/** Faults of Google Cloud that do not hide those of OTHER_FAULTS' cloud, as they are in another preview. */
const GCP: readonly PlantedFault[] = [
  {
    rule: "gke-endpoint-breadth",
    type: GKE,
    set: {
      "privateClusterConfig.enablePrivateEndpoint": false,
      masterAuthorizedNetworksConfig: { cidrBlocks: HALVES.map((cidrBlock) => ({ cidrBlock })) },
    },
  },
  { rule: "gke-secrets-encrypted", type: GKE, set: { databaseEncryption: { state: "DECRYPTED" } } },
  {
    rule: "gke-no-client-certificate",
    type: GKE,
    set: { masterAuth: { clientCertificateConfig: { issueClientCertificate: true } } },
  },
  { rule: "gke-workload-identity", type: GKE, set: { workloadIdentityConfig: null } },
  { rule: "gke-network-policies", type: GKE, set: { datapathProvider: "LEGACY_DATAPATH" } },
  { rule: "gke-gpu-taint", type: POOL, name: "gpu", set: { "nodeConfig.taints": [] } },
  { rule: "gke-node-image", type: POOL, set: { "nodeConfig.imageType": "UBUNTU_CONTAINERD" } },
  { rule: "gke-secure-boot", type: POOL, set: { "nodeConfig.shieldedInstanceConfig.enableSecureBoot": false } },
  { rule: "gke-node-metadata", type: POOL, set: { "nodeConfig.workloadMetadataConfig.mode": "GCE_METADATA" } },
  { rule: "gke-node-account", type: POOL, set: { "nodeConfig.serviceAccount": null } },
  { rule: "gcp-machine-families", type: POOL, name: "general", set: { "nodeConfig.machineType": "a3-highgpu-8g" } },
  { rule: "prices-known", type: POOL, name: "general", set: { "nodeConfig.machineType": "a3-highgpu-8g" } },
  { rule: "cloudsql-backups", type: SQL, set: { "settings.backupConfiguration.pointInTimeRecoveryEnabled": false } },
  { rule: "cloudsql-connection-logs", type: SQL, set: { "settings.databaseFlags": [] } },
  { rule: "cloudsql-not-public", type: SQL, set: { "settings.ipConfiguration.ipv4Enabled": true } },
  {
    rule: "cloudsql-tls-forced",
    type: SQL,
    set: { "settings.ipConfiguration.sslMode": "ALLOW_UNENCRYPTED_AND_ENCRYPTED" },
  },
  { rule: "cloudsql-key", type: SQL, set: { encryptionKeyName: null } },
  { rule: "gcs-key", type: "gcp:storage/bucket:Bucket", set: { encryption: null } },
  { rule: "gcs-lifecycle-ends", type: "gcp:storage/bucket:Bucket", set: { lifecycleRules: [] } },
  { rule: "memorystore-tls", type: "gcp:redis/instance:Instance", set: { transitEncryptionMode: "DISABLED" } },
  { rule: "gcp-labels", type: "gcp:redis/instance:Instance", set: { labels: {} } },
  {
    rule: "gcp-no-account-keys",
    type: "gcp:serviceaccount/key:Key",
    name: "planted",
    props: { serviceAccountId: "projects/p/serviceAccounts/a@p.iam.gserviceaccount.com" },
  },
  {
    rule: "bucket-workloads",
    type: "gcp:storage/bucketIAMMember:BucketIAMMember",
    set: { member: "user:someone@example.com" },
  },
  {
    rule: "gcp-no-public-members",
    type: "gcp:storage/bucketIAMMember:BucketIAMMember",
    name: "serving",
    set: { member: "allAuthenticatedUsers" },
  },
  { rule: "gcp-flow-logs", type: SUBNET, set: { logConfig: null } },
  { rule: "gcp-private-google-access", type: SUBNET, set: { privateIpGoogleAccess: false } },
  { rule: "gcp-no-automatic-subnets", type: "gcp:compute/network:Network", set: { autoCreateSubnetworks: true } },
  {
    rule: "gcp-ingress-breadth",
    type: "gcp:compute/firewall:Firewall",
    set: { allows: [{ protocol: "tcp", ports: ["22"] }], denies: null, direction: "INGRESS", sourceRanges: HALVES },
  },
  {
    rule: "artifact-registry-immutable-tags",
    type: "gcp:artifactregistry/repository:Repository",
    set: { "dockerConfig.immutableTags": false },
  },
  { rule: "bigquery-keeps-content", type: "gcp:bigquery/dataset:Dataset", set: { deleteContentsOnDestroy: true } },
];

const AZURE: readonly PlantedFault[] = [
  {
    rule: "aks-endpoint-breadth",
    type: AKS,
    set: { apiServerAccessProfile: { authorizedIPRanges: HALVES, disableRunCommand: true } },
  },
  { rule: "aks-upgrades", type: AKS, set: { "autoUpgradeProfile.nodeOSUpgradeChannel": "None" } },
  { rule: "aks-azure-rbac", type: AKS, set: { "aadProfile.enableAzureRBAC": false } },
  { rule: "aks-workload-identity", type: AKS, set: { securityProfile: { workloadIdentity: { enabled: false } } } },
  { rule: "aks-network-policies", type: AKS, set: { "networkProfile.networkPolicy": "none" } },
  { rule: "aks-pool-maximum", type: AGENTS, set: { maxCount: 101 } },
  { rule: "azure-machine-families", type: AGENTS, name: "general", set: { vmSize: "Standard_M416ms_v2" } },
  { rule: "azure-postgres-backups", type: POSTGRES, set: { backup: null } },
  { rule: "azure-postgres-not-public", type: POSTGRES, set: { "network.publicNetworkAccess": "Enabled" } },
  { rule: "azure-postgres-connection-logs", type: SETTING, name: "log-connections", set: { value: "off" } },
  { rule: "azure-postgres-tls-forced", type: SETTING, name: "require-secure-transport", set: { value: "off" } },
  { rule: "azure-redis-tls", type: "azure-native:redisenterprise:Database", set: { clientProtocol: "Plaintext" } },
  { rule: "azure-storage-https", type: ACCOUNT, set: { enableHttpsTrafficOnly: false } },
  {
    rule: "azure-storage-closed",
    type: ACCOUNT,
    set: { publicNetworkAccess: "Enabled", "networkRuleSet.defaultAction": "Allow" },
  },
  { rule: "azure-vault-recoverable", type: VAULT, set: { "properties.enablePurgeProtection": null } },
  { rule: "azure-vault-rbac", type: VAULT, set: { "properties.enableRbacAuthorization": false } },
  {
    rule: "azure-vault-closed",
    type: VAULT,
    set: { "properties.publicNetworkAccess": "Enabled", "properties.networkAcls.defaultAction": "Allow" },
  },
  {
    rule: "acr-closed",
    type: "azure-native:containerregistry:Registry",
    set: { publicNetworkAccess: "Enabled", "networkRuleSet.defaultAction": "Allow" },
  },
  {
    rule: "azure-ingress-breadth",
    type: "azure-native:network:NetworkSecurityGroup",
    set: {
      securityRules: [
        {
          name: "ssh",
          access: "Allow",
          direction: "Inbound",
          priority: 100,
          protocol: "Tcp",
          sourceAddressPrefix: "Internet",
          sourcePortRange: "*",
          destinationAddressPrefix: "*",
          destinationPortRanges: ["22"],
        },
      ],
    },
  },
  {
    rule: "azure-blobs-undelete",
    type: "azure-native:storage:BlobServiceProperties",
    set: { "containerDeleteRetentionPolicy.enabled": false },
  },
  { rule: "azure-log-retention", type: "azure-native:operationalinsights:Workspace", set: { retentionInDays: 401 } },
  { rule: "azure-tags", type: "azure-native:redisenterprise:RedisEnterprise", set: { tags: {} } },
];

/** Faults of Google Cloud and Azure that hide those of OTHER_FAULTS. */
export const REMAINING_CLOUD_FAULTS: readonly PlantedFault[] = [...GCP, ...AZURE];
