import * as pulumi from "@pulumi/pulumi";
import type { AdmissionRule } from "./admissionRules";
import type { CustomObjectArgs } from "./customResource";
import { standardLabels } from "./labels";
import { ML_PLATFORM } from "./namespaces";

/** Gatekeeper's template of a rule. Source: Gatekeeper 3.18 on, "Integration with Kubernetes Validating Admission Policy". */
export interface ConstraintTemplate {
  readonly apiVersion: "templates.gatekeeper.sh/v1";
  readonly kind: "ConstraintTemplate";
  readonly spec: {
    readonly crd: { readonly spec: { readonly names: { readonly kind: string } } };
    readonly targets: readonly {
      readonly target: "admission.k8s.gatekeeper.sh";
      readonly code: readonly {
        readonly engine: "K8sNativeValidation";
        readonly source: {
          readonly failurePolicy: "Fail";
          readonly variables: readonly { readonly name: string; readonly expression: string }[];
          readonly validations: readonly { readonly expression: string; readonly messageExpression: string }[];
        };
      }[];
    }[];
  };
}

/** The rule of a template in force. */
export interface Constraint {
  readonly apiVersion: "constraints.gatekeeper.sh/v1beta1";
  readonly kind: string;
  readonly spec: {
    readonly enforcementAction: "deny" | "warn";
    readonly match: {
      readonly namespaces: readonly string[];
      readonly kinds: readonly { readonly apiGroups: readonly string[]; readonly kinds: readonly string[] }[];
    };
  };
}

/** Kinds of the resources that rules name; Gatekeeper matches kinds, and has none for scale. */
const KINDS: Readonly<Record<string, string>> = {
  deployments: "Deployment",
  statefulsets: "StatefulSet",
  daemonsets: "DaemonSet",
  jobs: "Job",
  cronjobs: "CronJob",
  horizontalpodautoscalers: "HorizontalPodAutoscaler",
};

/** Kind of a rule's constraints, such as TidelineReadOnlyRoot. */
export function constraintKind(rule: string): string {
  const words = rule.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `Tideline${words.join("")}`;
}

/** The template of a rule: the very expressions that the API server would evaluate. */
export function constraintTemplate(
  rule: string,
  wanted: pulumi.Output<AdmissionRule>,
): CustomObjectArgs<ConstraintTemplate> {
  const kind = constraintKind(rule);
  return {
    apiVersion: "templates.gatekeeper.sh/v1",
    kind: "ConstraintTemplate",
    metadata: { name: kind.toLowerCase(), labels: standardLabels("admission") },
    spec: wanted.apply(({ message, variables, wrong }): ConstraintTemplate["spec"] => ({
      crd: { spec: { names: { kind } } },
      targets: [
        {
          target: "admission.k8s.gatekeeper.sh",
          code: [
            {
              engine: "K8sNativeValidation",
              source: {
                failurePolicy: "Fail",
                variables: [...variables, { name: "wrong", expression: wrong }],
                validations: [
                  {
                    expression: "variables.wrong.size() == 0",
                    messageExpression: `${JSON.stringify(`${message}; wrong: `)} + variables.wrong.join(", ")`,
                  },
                ],
              },
            },
          ],
        },
      ],
    })),
  };
}

/** The rule in force in ml-platform. */
export function constraint(
  rule: string,
  wanted: pulumi.Output<AdmissionRule>,
  enforced: pulumi.Output<"deny" | "warn">,
): CustomObjectArgs<Constraint> {
  return {
    apiVersion: "constraints.gatekeeper.sh/v1beta1",
    kind: constraintKind(rule),
    metadata: { name: `tideline-${rule}`, labels: standardLabels("admission") },
    spec: pulumi.all([wanted, enforced]).apply(([{ resources }, enforcementAction]): Constraint["spec"] => ({
      enforcementAction,
      match: {
        namespaces: [ML_PLATFORM],
        kinds: resources.map(({ apiGroups, resources: names }) => ({
          apiGroups,
          kinds: names.flatMap((name) => KINDS[name] ?? []),
        })),
      },
    })),
  };
}
