/**
 * What a cloud's controllers do on a cluster beside the control plane, as stages that kwok plays (the Stage kind of
 * kwok.x-k8s.io/v1alpha1): the volume provisioner makes a volume for a claim whose pod has been given a node, and the
 * load balancer controller gives a Service its address.
 */
export const CLOUD_STAGES: readonly object[] = [
  stage(
    "volume-provision",
    { apiGroup: "v1", kind: "PersistentVolumeClaim" },
    [
      // The controller manager names the provisioner once the claim may be provisioned.
      "'volume.kubernetes.io/storage-provisioner' in self.metadata.annotations",
      "!has(self.metadata.deletionTimestamp)",
      "!has(self.spec.volumeName)",
    ],
    [
      {
        apply: {
          template: `apiVersion: v1
kind: PersistentVolume
metadata:
  name: pvc-{{ .metadata.uid }}
  annotations:
    pv.kubernetes.io/provisioned-by: {{ index .metadata.annotations "volume.kubernetes.io/storage-provisioner" | Quote }}
spec:
  accessModes:
  {{ YAML .spec.accessModes 1 }}
  capacity:
  {{ YAML .spec.resources.requests 2 }}
  persistentVolumeReclaimPolicy: Delete
  storageClassName: {{ .spec.storageClassName | Quote }}
  volumeMode: {{ or .spec.volumeMode "Filesystem" | Quote }}
  claimRef:
    apiVersion: v1
    kind: PersistentVolumeClaim
    name: {{ .metadata.name | Quote }}
    namespace: {{ .metadata.namespace | Quote }}
    uid: {{ .metadata.uid | Quote }}
  csi:
    driver: {{ index .metadata.annotations "volume.kubernetes.io/storage-provisioner" | Quote }}
    volumeHandle: {{ .metadata.uid | Quote }}
`,
        },
      },
    ],
  ),
  stage(
    "volume-delete",
    { apiGroup: "v1", kind: "PersistentVolume" },
    [
      "has(self.spec.csi)",
      "!has(self.metadata.deletionTimestamp)",
      "self.spec.persistentVolumeReclaimPolicy == 'Delete'",
      "self.status.phase == 'Released'",
    ],
    [{ delete: true }],
  ),
  stage(
    "load-balancer",
    { apiGroup: "v1", kind: "Service" },
    [
      "self.spec.type == 'LoadBalancer'",
      "!has(self.metadata.deletionTimestamp)",
      "!has(self.status.loadBalancer.ingress)",
    ],
    [
      {
        patch: {
          root: "status",
          subresource: "status",
          // RFC 5737: an address that leads nowhere.
          template: "loadBalancer:\n  ingress:\n  - ip: 203.0.113.10\n    ipMode: VIP\n",
        },
      },
    ],
  ),
];

function stage(name: string, resourceRef: object, conditions: readonly string[], steps: readonly object[]): object {
  return {
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "Stage",
    metadata: { name },
    spec: {
      resourceRef,
      selector: { matchExpressions: conditions.map((expression) => ({ cel: { expression } })) },
      steps,
    },
  };
}
