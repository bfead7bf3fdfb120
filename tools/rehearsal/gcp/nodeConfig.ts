import type { InputRule } from "../resourceType";
import { fixed, flag, list, map, number, object, oneOf, refers, text } from "./gcpType";
import { ACCOUNT } from "./iamMember";
import { CRYPTO_KEY } from "./keys";

const enabled = object({ enabled: flag({ required: true }) });

const accelerators = list(
  object({
    type: text({ required: true, pattern: /nvidia-[a-z0-9-]+/ }),
    count: number({ required: true, min: 1, max: 16 }),
    gpuDriverInstallationConfig: object({
      gpuDriverVersion: text({ required: true, values: ["DEFAULT", "LATEST", "INSTALLATION_DISABLED"] }),
    }),
    gpuPartitionSize: text({ pattern: /\d+g\.\d+gb/ }),
    gpuSharingConfig: object({
      gpuSharingStrategy: text({ required: true, values: ["TIME_SHARING", "MPS"] }),
      maxSharedClientsPerGpu: number({ required: true, min: 2, max: 48 }),
    }),
  }),
);

/** A pool's nodes: what changes in place, by making new nodes, and what makes a new pool. */
export const nodeConfig: InputRule = object({
  machineType: text({ pattern: /[a-z]\d+[a-z]*-[a-z0-9-]+/ }),
  diskSizeGb: number({ min: 10, max: 65_536 }),
  diskType: oneOf("pd-standard", "pd-balanced", "pd-ssd", "hyperdisk-balanced"),
  imageType: oneOf("COS_CONTAINERD", "UBUNTU_CONTAINERD"),
  labels: map(text({ maxLength: 63 })),
  taints: list(
    object({
      key: text({ required: true }),
      value: text({ required: true }),
      effect: text({ required: true, values: ["NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE"] }),
    }),
  ),
  tags: list(text(), { max: 64 }),
  resourceLabels: map(text({ pattern: /[a-z0-9_-]{0,63}/ })),
  gcfsConfig: enabled,
  gvnic: enabled,
  workloadMetadataConfig: object({ mode: text({ required: true, values: ["GKE_METADATA", "GCE_METADATA"] }) }),
  spot: fixed(flag({ default: false })),
  bootDiskKmsKey: refers(CRYPTO_KEY, [], { replaces: true }),
  serviceAccount: refers(ACCOUNT, ["email"], { replaces: true }),
  oauthScopes: fixed(list(text())),
  guestAccelerators: fixed(accelerators),
  reservationAffinity: fixed(
    object({
      consumeReservationType: text({
        required: true,
        values: ["NO_RESERVATION", "ANY_RESERVATION", "SPECIFIC_RESERVATION"],
      }),
      key: text(),
      values: list(text()),
    }),
  ),
  shieldedInstanceConfig: fixed(object({ enableSecureBoot: flag(), enableIntegrityMonitoring: flag() })),
  metadata: fixed(map(text())),
});
