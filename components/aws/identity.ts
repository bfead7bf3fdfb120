import * as eks from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { Identity } from "../contract";
import { type AwsPlace, standardTags } from "./place";
import { podTrust, policyDocument } from "./policyDocument";
import { role } from "./role";

export interface AwsIdentityArgs {
  readonly place: AwsPlace;
  readonly clusterName: pulumi.Input<string>;
  /** Namespace and name of the Kubernetes service account that takes the role on. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /** What it may do: policies by name, JSON. */
  readonly policies: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * How pods get the role: EKS Pod Identity, or, for charts and SDKs that do not know it, the cluster's issuer (IRSA).
   * @default Pod Identity
   */
  readonly issuer?: { readonly providerArn: pulumi.Input<string>; readonly url: pulumi.Input<string> };
}

/** A role for the pods of one service account, without any key that could leak. */
export class AwsIdentity extends pulumi.ComponentResource implements Identity {
  readonly principal: pulumi.Output<string>;
  readonly serviceAccountAnnotations: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: AwsIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AwsIdentity", name, identityProblems(args));
    super("tideline:aws:Identity", name, {}, opts);
    const { place, clusterName, namespace, serviceAccount, policies, issuer } = args;
    const made = role(
      name,
      {
        place,
        description: `Pods of ${namespace}/${serviceAccount}`,
        trust: issuer ? issuerTrust(args, issuer) : podTrust(),
        inline: policies,
      },
      { parent: this },
    );
    this.principal = made.role.arn;
    if (issuer) {
      this.serviceAccountAnnotations = made.role.arn.apply(
        (arn): Record<string, string> => ({ [ROLE_ANNOTATION]: arn }),
      );
    } else {
      new eks.PodIdentityAssociation(
        name,
        { clusterName, namespace, serviceAccount, roleArn: made.role.arn, tags: standardTags(place, name) },
        { parent: this, dependsOn: [...made.policies] },
      );
      this.serviceAccountAnnotations = pulumi.output<Record<string, string>>({});
    }
    this.registerOutputs({ principal: this.principal });
  }
}

/** Where EKS's webhook looks for the role of a service account. */
const ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";

/** All that is wrong with an identity's arguments. */
export function identityProblems({ namespace, serviceAccount, policies }: AwsIdentityArgs): readonly ArgumentProblem[] {
  const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
  return [
    ...problemIf(
      !label.test(namespace),
      "namespace",
      `is "${namespace}"; give a Kubernetes name of at most 63 lower-case letters, digits and -. A wildcard would let other pods in.`,
    ),
    ...problemIf(
      !label.test(serviceAccount),
      "serviceAccount",
      `is "${serviceAccount}"; give a Kubernetes name of at most 63 lower-case letters, digits and -. A wildcard would let other pods in.`,
    ),
    ...problemIf(
      Object.keys(policies).length === 0,
      "policies",
      "is empty; give what the pods may do, or leave the identity out.",
    ),
  ];
}

/** Trust in exactly one service account of the cluster's issuer, for tokens meant for STS. */
function issuerTrust(
  { namespace, serviceAccount }: AwsIdentityArgs,
  issuer: NonNullable<AwsIdentityArgs["issuer"]>,
): pulumi.Output<string> {
  return pulumi.output(issuer.url).apply((url) => {
    const host = url.replace("https://", "");
    return policyDocument([
      {
        sid: "ServiceAccount",
        actions: ["sts:AssumeRoleWithWebIdentity"],
        principals: { federated: [issuer.providerArn] },
        conditions: {
          StringEquals: {
            [`${host}:aud`]: ["sts.amazonaws.com"],
            [`${host}:sub`]: [`system:serviceaccount:${namespace}:${serviceAccount}`],
          },
        },
      },
    ]);
  });
}
