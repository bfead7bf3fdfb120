import type { ResourceType } from "../resourceType";
import { awsType, flag, input, json, list, object, refers, regionOf, text, uuid } from "./awsType";
import { eksArn, ofCluster } from "./cluster";
import { ROLE } from "./security";

const replaced = { required: true, replaces: true } as const;

/** Add-ons, and who may do what on a cluster. */
export const accessTypes: readonly ResourceType[] = [
  awsType({
    token: "aws:eks/addon:Addon",
    id: (made) => `${input(made, "clusterName")}:${input(made, "addonName")}`,
    arn: (made, id) => `${eksArn("addon")(made, id)}/${uuid(made)}`,
    inputs: {
      clusterName: ofCluster,
      addonName: text({
        ...replaced,
        values: [
          "vpc-cni",
          "kube-proxy",
          "eks-pod-identity-agent",
          "coredns",
          "aws-ebs-csi-driver",
          "eks-node-monitoring-agent",
          "metrics-server",
        ],
      }),
      addonVersion: text({ pattern: /v\d+\.\d+\.\d+-eksbuild\.\d+/ }),
      resolveConflictsOnCreate: text({ values: ["NONE", "OVERWRITE"] }),
      resolveConflictsOnUpdate: text({ values: ["NONE", "OVERWRITE", "PRESERVE"] }),
      preserve: flag(),
      podIdentityAssociations: list(
        object({ roleArn: refers(ROLE, ["arn"], { required: true }), serviceAccount: text({ required: true }) }),
      ),
      serviceAccountRoleArn: refers(ROLE, ["arn"]),
      configurationValues: json(),
    },
  }),
  awsType({
    token: "aws:eks/accessEntry:AccessEntry",
    id: (made) => `${input(made, "clusterName")}:${input(made, "principalArn")}`,
    inputs: {
      clusterName: ofCluster,
      principalArn: text({ ...replaced, pattern: /arn:aws:iam::\d{12}:(role|user)\/.+/ }),
      type: text({ replaces: true, values: ["STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "EC2"] }),
      kubernetesGroups: list(text()),
    },
    outputs: (_, id) => ({ accessEntryArn: id }),
  }),
  awsType({
    token: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    untagged: true,
    id: (made) => `${input(made, "clusterName")}#${input(made, "principalArn")}#${input(made, "policyArn")}`,
    inputs: {
      clusterName: ofCluster,
      principalArn: refers("aws:eks/accessEntry:AccessEntry", ["principalArn"], replaced),
      policyArn: text({ ...replaced, pattern: /arn:aws:eks::aws:cluster-access-policy\/AmazonEKS\w+Policy/ }),
      accessScope: object(
        { type: text({ ...replaced, values: ["cluster", "namespace"] }), namespaces: list(text()) },
        replaced,
      ),
    },
  }),
  awsType({
    token: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    id: (made) => `a-${made.sequence.toString(36).padStart(17, "0")}`,
    inputs: {
      clusterName: ofCluster,
      namespace: text({ ...replaced, maxLength: 63 }),
      serviceAccount: text({ ...replaced, maxLength: 253 }),
      roleArn: refers(ROLE, ["arn"], { required: true }),
    },
    outputs: (made, id) => ({
      associationId: id,
      associationArn: `arn:aws:eks:${regionOf(made)}:${made.account}:podidentityassociation/${input(made, "clusterName")}/${id}`,
    }),
    rules: [
      (made, current) =>
        made.world.resources.some(
          (live) =>
            live.token === "aws:eks/podIdentityAssociation:PodIdentityAssociation" &&
            live.urn !== current?.urn &&
            ["clusterName", "namespace", "serviceAccount"].every((key) => live.inputs[key] === made.inputs[key]),
        )
          ? `ResourceInUseException: Association already exists for ${input(made, "namespace")}/${input(made, "serviceAccount")}`
          : undefined,
    ],
  }),
];
