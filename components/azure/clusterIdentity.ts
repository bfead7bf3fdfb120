import * as pulumi from "@pulumi/pulumi";
import { createManagedIdentity } from "./managedIdentity";
import type { AzurePlace } from "./place";
import { grantRole } from "./roles";

/** What AKS and its nodes reach, by id. */
export interface ClusterReach {
  readonly nodeSubnetId: pulumi.Input<string>;
  readonly apiServerSubnetId: pulumi.Input<string>;
  readonly vaultId: pulumi.Input<string>;
  /** Registry that nodes pull images from. */
  readonly registryId: pulumi.Input<string>;
}

/**
 * The two identities of a cluster: the control plane's, which joins nodes to subnets and encrypts with the vault's key, and
 * the kubelets', which pulls images and nothing else. Both have their roles before the cluster is made.
 */
export class AzureClusterIdentity extends pulumi.ComponentResource {
  /** Id of the control plane's identity. */
  readonly controlPlaneId: pulumi.Output<string>;
  readonly kubelet: {
    readonly resourceId: pulumi.Output<string>;
    readonly clientId: pulumi.Output<string>;
    readonly objectId: pulumi.Output<string>;
  };
  /** What a cluster must wait for. */
  readonly grants: readonly pulumi.Resource[];

  constructor(name: string, args: AzurePlace & ClusterReach, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:azure:ClusterIdentity", name, {}, opts);
    const controlPlane = createManagedIdentity(this, `${name}-control-plane`, args);
    const kubelet = createManagedIdentity(this, `${name}-kubelet`, args);
    const { principalId } = controlPlane;
    const { nodeSubnetId, apiServerSubnetId, vaultId, registryId } = args;
    this.grants = [
      grantRole(this, `${name}-nodes`, { scope: nodeSubnetId, principalId, role: "networkContributor" }),
      grantRole(this, `${name}-api-server`, { scope: apiServerSubnetId, principalId, role: "networkContributor" }),
      grantRole(this, `${name}-key`, { scope: vaultId, principalId, role: "keyVaultCryptoUser" }),
      // To reach a vault without a public address, AKS makes a private endpoint of its own.
      grantRole(this, `${name}-vault`, { scope: vaultId, principalId, role: "keyVaultContributor" }),
      grantRole(this, `${name}-assign`, { scope: kubelet.id, principalId, role: "managedIdentityOperator" }),
      grantRole(this, `${name}-images`, { scope: registryId, principalId: kubelet.principalId, role: "acrPull" }),
    ];
    this.controlPlaneId = controlPlane.id;
    this.kubelet = { resourceId: kubelet.id, clientId: kubelet.clientId, objectId: kubelet.principalId };
    this.registerOutputs({ controlPlaneId: this.controlPlaneId });
  }
}
