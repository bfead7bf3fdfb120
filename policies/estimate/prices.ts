/** Month that the prices below are of. Written down by hand from the public lists; nothing fetches them. */
export const PRICES_AS_OF = "2025-11";

/** Hours that a month is counted with. */
export const HOURS_PER_MONTH = 730;

/**
 * List prices on demand in US dollars, without discounts and taxes: AWS us-east-1, Google Cloud us-central1, Azure
 * eastus. An estimate to catch a mistake of size, not a bill; what is not here is named and never counted as 0.
 */
export const MACHINE_DOLLARS_PER_HOUR: Readonly<Record<string, number>> = {
  "t3.large": 0.0832,
  "m5.large": 0.096,
  "m5.xlarge": 0.192,
  "m5.2xlarge": 0.384,
  "m5.4xlarge": 0.768,
  "m6i.large": 0.096,
  "m6i.xlarge": 0.192,
  "m6i.2xlarge": 0.384,
  "g4dn.xlarge": 0.526,
  "g5.xlarge": 1.006,
  "g5.2xlarge": 1.212,
  "db.t4g.medium": 0.065,
  "db.r5.large": 0.25,
  "db.r5.2xlarge": 1,
  "cache.t4g.small": 0.032,
  "cache.r7g.large": 0.219,
  "n1-standard-8": 0.38,
  "n2-standard-4": 0.1942,
  "n2-standard-8": 0.3885,
  "nvidia-tesla-t4": 0.35,
  Standard_D4s_v5: 0.192,
  Standard_D8s_v5: 0.384,
  Standard_NC8as_T4_v3: 0.752,
  Standard_D4s_v3: 0.192,
};

/** Things with a price of their own, whatever their size. */
export const FIXED_DOLLARS_PER_HOUR: Readonly<Record<string, number>> = {
  "aws:eks/cluster:Cluster": 0.1,
  "aws:ec2/natGateway:NatGateway": 0.045,
  "gcp:container/cluster:Cluster": 0.1,
  "azure-native:containerservice:ManagedCluster": 0.1,
  "azure-native:network:NatGateway": 0.045,
};
