import * as eks from "@pulumi/aws/eks";
import type * as pulumi from "@pulumi/pulumi";
import { type AwsPlace, standardTags } from "./place";

/** Add-ons that the platform installs, by EKS's names. */
export type AddonName =
  | "vpc-cni"
  | "kube-proxy"
  | "eks-pod-identity-agent"
  | "coredns"
  | "aws-ebs-csi-driver"
  | "eks-node-monitoring-agent"
  | "metrics-server";

/** Needed before the first node can be ready: pods get addresses and identities from them. */
export const BEFORE_NODES: readonly AddonName[] = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"];

/** Pods on nodes. */
export const AFTER_NODES: readonly AddonName[] = [
  "coredns",
  "aws-ebs-csi-driver",
  "eks-node-monitoring-agent",
  "metrics-server",
];

/** Versions that belong together, so that an upgrade is a change that can be read. `describe-addon-versions` lists newer ones. */
const PINS: Readonly<Record<string, Readonly<Record<AddonName, string>>>> = {
  "1.33": {
    "vpc-cni": "v1.20.4-eksbuild.1",
    "kube-proxy": "v1.33.3-eksbuild.6",
    "eks-pod-identity-agent": "v1.3.9-eksbuild.3",
    coredns: "v1.12.3-eksbuild.1",
    "aws-ebs-csi-driver": "v1.49.0-eksbuild.1",
    "eks-node-monitoring-agent": "v1.4.1-eksbuild.1",
    "metrics-server": "v0.8.0-eksbuild.2",
  },
  "1.34": {
    "vpc-cni": "v1.20.4-eksbuild.2",
    "kube-proxy": "v1.34.0-eksbuild.2",
    "eks-pod-identity-agent": "v1.3.10-eksbuild.2",
    coredns: "v1.12.3-eksbuild.1",
    "aws-ebs-csi-driver": "v1.54.0-eksbuild.1",
    "eks-node-monitoring-agent": "v1.4.1-eksbuild.1",
    "metrics-server": "v0.8.0-eksbuild.2",
  },
  "1.35": {
    "vpc-cni": "v1.21.1-eksbuild.3",
    "kube-proxy": "v1.35.0-eksbuild.2",
    "eks-pod-identity-agent": "v1.3.10-eksbuild.2",
    coredns: "v1.13.2-eksbuild.1",
    "aws-ebs-csi-driver": "v1.56.0-eksbuild.1",
    "eks-node-monitoring-agent": "v1.4.1-eksbuild.1",
    "metrics-server": "v0.8.1-eksbuild.1",
  },
};

/** Kubernetes versions with pinned add-ons. */
export const VERSIONS: readonly string[] = Object.keys(PINS);

/** The add-on's version for a Kubernetes version, unless the caller names another; undefined where there is no pin. */
export function addonVersion(
  name: AddonName,
  version: string,
  named: Readonly<Partial<Record<AddonName, string>>> = {},
): string | undefined {
  return named[name] ?? PINS[version]?.[name];
}

export interface AddonArgs {
  readonly place: AwsPlace;
  readonly addon: AddonName;
  readonly version: string;
  readonly clusterName: pulumi.Input<string>;
  /** Role that the add-on's service account takes on through Pod Identity. @default none */
  readonly identity?: { readonly roleArn: pulumi.Input<string>; readonly serviceAccount: string };
  /** By the add-on's own schema. @default none */
  readonly configuration?: Readonly<Record<string, unknown>>;
}

/** One add-on at a pinned version. What somebody changed on the cluster by hand is put right on update. */
export function addon(name: string, args: AddonArgs, opts: pulumi.CustomResourceOptions): eks.Addon {
  const { place, clusterName, version, identity, configuration } = args;
  return new eks.Addon(
    name,
    {
      clusterName,
      addonName: args.addon,
      addonVersion: version,
      resolveConflictsOnCreate: "NONE",
      resolveConflictsOnUpdate: "OVERWRITE",
      // Deleting the add-on must not pull networking from under running pods.
      preserve: true,
      ...(identity === undefined ? {} : { podIdentityAssociations: [identity] }),
      ...(configuration === undefined ? {} : { configurationValues: JSON.stringify(configuration) }),
      tags: standardTags(place, name),
    },
    opts,
  );
}
