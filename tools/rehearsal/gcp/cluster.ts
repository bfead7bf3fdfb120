import { addressIn, cidrsOverlap } from "../cidr";
import type { ResourceType, Rule } from "../resourceType";
import {
  CIDR,
  fixed,
  flag,
  gcpType,
  input,
  list,
  nested,
  number,
  object,
  oneOf,
  projectOf,
  refers,
  regionOf,
  text,
} from "./gcpType";
import { CRYPTO_KEY, encrypts } from "./keys";
import { NETWORK, SUBNETWORK, takenRanges } from "./networkRules";
import { nodeConfig } from "./nodeConfig";

export const CLUSTER = "gcp:container/cluster:Cluster";

/** Minor versions that GKE's channels offer; a rehearsal need not be newer than the cloud. */
const VERSIONS = /1\.(3[0-9])(\.\d+(-gke\.\d+)?)?/;

const enabled = object({ enabled: flag({ required: true }) });
const disabled = object({ disabled: flag({ required: true }) });

const rangesExist: Rule = (made) => {
  const subnet = made.world.find([SUBNETWORK], made.inputs.subnetwork);
  const names = (Array.isArray(subnet?.inputs.secondaryIpRanges) ? subnet.inputs.secondaryIpRanges : []).map((range) =>
    nested(range, "rangeName"),
  );
  const policy = made.inputs.ipAllocationPolicy;
  const missing = ["clusterSecondaryRangeName", "servicesSecondaryRangeName"]
    .map((property) => nested(policy, property))
    .find((name) => name !== undefined && !names.includes(name));
  if (missing === undefined) return undefined;
  return `googleapi: Error 400: Pod or service secondary range "${missing}" does not exist in network, subnetwork "${made.inputs.subnetwork}"., badRequest`;
};

const controlPlaneRange: Rule = (made, current) => {
  const cidr = nested(made.inputs.privateClusterConfig, "masterIpv4CidrBlock");
  if (typeof cidr !== "string") return undefined;
  if (!cidr.endsWith("/28")) return `googleapi: Error 400: Master CIDR block must be a /28, found ${cidr}., badRequest`;
  const clash = takenRanges(made, current, made.inputs.network).find((range) => cidrsOverlap(range.cidr, cidr));
  return (
    clash &&
    `googleapi: Error 400: Conflicts with existing subnet: ${cidr} overlaps ${clash.cidr} of ${clash.owner}., badRequest`
  );
};

const zonesOfRegion: Rule = (made) => {
  const stray = (made.inputs.nodeLocations as readonly string[] | undefined)?.find(
    (zone) => zone.replace(/-[a-z]$/, "") !== regionOf(made),
  );
  return stray && `googleapi: Error 400: Location "${stray}" is not in the region ${regionOf(made)}., badRequest`;
};

const ownWorkloadPool: Rule = (made) => {
  const pool = nested(made.inputs.workloadIdentityConfig, "workloadPool");
  return pool === undefined || pool === `${projectOf(made)}.svc.id.goog`
    ? undefined
    : `googleapi: Error 400: Workload Identity pool "${pool}" must be "${projectOf(made)}.svc.id.goog"., badRequest`;
};

/** Dataplane V2 brings its own network policy, and GKE refuses the old one beside it. */
const onePolicyEngine: Rule = ({ inputs }) =>
  inputs.datapathProvider === "ADVANCED_DATAPATH" && nested(inputs.networkPolicy, "enabled") === true
    ? "googleapi: Error 400: Enabling NetworkPolicy for clusters with DatapathProvider=ADVANCED_DATAPATH is not allowed., badRequest"
    : undefined;

/** At least 48 hours in 32 days, in windows of four hours or more. */
const maintenance: Rule = ({ inputs }) => {
  const window = nested(inputs.maintenancePolicy, "recurringWindow");
  if (!window) return undefined;
  const [start, end, recurrence] = ["startTime", "endTime", "recurrence"].map((part) => String(nested(window, part)));
  const hours = (Date.parse(end ?? "") - Date.parse(start ?? "")) / 3_600_000;
  const days = /FREQ=DAILY/.test(recurrence ?? "")
    ? 7
    : (/BYDAY=([A-Z,]+)/.exec(recurrence ?? "")?.[1] ?? "").split(",").length || 1;
  return hours >= 4 && hours * days * 4 >= 48
    ? undefined
    : "googleapi: Error 400: Maintenance window must include at least 48 hours of availability in a 32-day period, in windows of at least 4 hours., badRequest";
};

const inputs: ResourceType["inputs"] = {
  name: text({ required: true, replaces: true, pattern: /[a-z]([a-z0-9-]{0,38}[a-z0-9])?/ }),
  description: fixed(text()),
  location: text({ required: true, replaces: true }),
  nodeLocations: list(text()),
  minMasterVersion: text({ pattern: VERSIONS }),
  nodeVersion: text(),
  releaseChannel: object({
    channel: text({ required: true, values: ["RAPID", "REGULAR", "STABLE", "EXTENDED", "UNSPECIFIED"] }),
  }),
  deletionProtection: flag({ default: true }),
  network: refers(NETWORK, ["selfLink", "name"], { replaces: true }),
  subnetwork: refers(SUBNETWORK, ["selfLink"], { replaces: true }),
  networkingMode: fixed(oneOf("VPC_NATIVE", "ROUTES")),
  datapathProvider: fixed(oneOf("ADVANCED_DATAPATH", "LEGACY_DATAPATH")),
  networkPolicy: enabled,
  defaultMaxPodsPerNode: number({ min: 8, max: 256, replaces: true }),
  ipAllocationPolicy: fixed(
    object({
      clusterSecondaryRangeName: text(),
      servicesSecondaryRangeName: text(),
      stackType: oneOf("IPV4", "IPV4_IPV6"),
    }),
  ),
  privateClusterConfig: object({
    enablePrivateNodes: flag(),
    enablePrivateEndpoint: flag(),
    masterIpv4CidrBlock: text({ replaces: true, pattern: CIDR }),
    masterGlobalAccessConfig: enabled,
  }),
  masterAuthorizedNetworksConfig: object({
    cidrBlocks: list(object({ cidrBlock: text({ required: true, pattern: CIDR }), displayName: text() }), { max: 100 }),
    gcpPublicCidrsAccessEnabled: flag(),
  }),
  controlPlaneEndpointsConfig: object({ dnsEndpointConfig: object({ allowExternalTraffic: flag() }) }),
  removeDefaultNodePool: flag(),
  initialNodeCount: number({ min: 1, replaces: true }),
  nodeConfig: fixed(nodeConfig),
  workloadIdentityConfig: object({ workloadPool: text() }),
  enableShieldedNodes: flag({ default: true }),
  enableLegacyAbac: flag({ default: false }),
  masterAuth: object({
    clientCertificateConfig: object({ issueClientCertificate: flag({ required: true, replaces: true }) }),
  }),
  databaseEncryption: object({
    state: text({ required: true, values: ["ENCRYPTED", "DECRYPTED"] }),
    keyName: refers(CRYPTO_KEY, []),
  }),
  securityPostureConfig: object({
    mode: oneOf("DISABLED", "BASIC", "ENTERPRISE"),
    vulnerabilityMode: oneOf("VULNERABILITY_DISABLED", "VULNERABILITY_BASIC", "VULNERABILITY_ENTERPRISE"),
  }),
  binaryAuthorization: object({ evaluationMode: oneOf("DISABLED", "PROJECT_SINGLETON_POLICY_ENFORCE") }),
  loggingConfig: object({
    enableComponents: list(
      oneOf(
        "SYSTEM_COMPONENTS",
        "WORKLOADS",
        "APISERVER",
        "SCHEDULER",
        "CONTROLLER_MANAGER",
        "KCP_CONNECTION",
        "KCP_SSHD",
        "KCP_HPA",
      ),
      { required: true },
    ),
  }),
  monitoringConfig: object({
    enableComponents: list(
      oneOf(
        "SYSTEM_COMPONENTS",
        "APISERVER",
        "SCHEDULER",
        "CONTROLLER_MANAGER",
        "STORAGE",
        "HPA",
        "POD",
        "DAEMONSET",
        "DEPLOYMENT",
        "STATEFULSET",
        "KUBELET",
        "CADVISOR",
        "DCGM",
        "JOBSET",
      ),
    ),
    managedPrometheus: enabled,
  }),
  addonsConfig: object({
    httpLoadBalancing: disabled,
    horizontalPodAutoscaling: disabled,
    dnsCacheConfig: enabled,
    gcePersistentDiskCsiDriverConfig: enabled,
    gcsFuseCsiDriverConfig: enabled,
  }),
  gatewayApiConfig: object({ channel: text({ required: true, values: ["CHANNEL_DISABLED", "CHANNEL_STANDARD"] }) }),
  verticalPodAutoscaling: enabled,
  costManagementConfig: enabled,
  maintenancePolicy: object({
    recurringWindow: object({
      startTime: text({ required: true }),
      endTime: text({ required: true }),
      recurrence: text({ required: true }),
    }),
    maintenanceExclusions: list(
      object({
        exclusionName: text({ required: true }),
        startTime: text({ required: true }),
        endTime: text(),
        exclusionOptions: object({
          scope: text({ required: true, values: ["NO_UPGRADES", "NO_MINOR_UPGRADES", "NO_MINOR_OR_NODE_UPGRADES"] }),
        }),
      }),
      { max: 20 },
    ),
  }),
};

/** GKE's clusters. Sources: GKE API v1; the provider's schema, 9.x. */
export const clusterType: ResourceType = gcpType({
  token: CLUSTER,
  api: "container",
  labels: "resourceLabels",
  inputs,
  rules: [
    rangesExist,
    controlPlaneRange,
    zonesOfRegion,
    ownWorkloadPool,
    onePolicyEngine,
    maintenance,
    encrypts(
      (made) => nested(made.inputs.databaseEncryption, "keyName"),
      "container-engine-robot.iam.gserviceaccount.com",
      regionOf,
    ),
  ],
  deletionProtection: "deletionProtection",
  id: (made) => `projects/${projectOf(made)}/locations/${regionOf(made)}/clusters/${input(made, "name")}`,
  outputs: (made, id) => ({
    selfLink: `https://container.googleapis.com/v1/${id}`,
    endpoint: addressIn(String(nested(made.inputs.privateClusterConfig, "masterIpv4CidrBlock") ?? "172.16.0.0/28"), 2),
    masterVersion: `${made.inputs.minMasterVersion ?? "1.34"}.1-gke.1000000`,
    masterAuth: {
      ...(made.inputs.masterAuth as Record<string, unknown> | undefined),
      clusterCaCertificate: Buffer.from(`simulated authority of ${id}`).toString("base64"),
    },
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: {
        endpoint: `gke-${made.sequence}.${regionOf(made)}.gke.goog`,
        allowExternalTraffic:
          nested(made.inputs.controlPlaneEndpointsConfig, "dnsEndpointConfig", "allowExternalTraffic") ?? false,
      },
    },
    servicesIpv4Cidr: "",
    labelFingerprint: `lf${made.sequence}`,
  }),
});
