import * as admissionregistration from "@pulumi/kubernetes/admissionregistration/v1";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import { type AdmissionFacts, type AdmissionRule, admissionRules } from "./admissionRules";
import { customResource } from "./customResource";
import { constraint, constraintTemplate } from "./gatekeeper";
import { standardLabels } from "./labels";
import { ML_PLATFORM, NAMESPACE_LABEL } from "./namespaces";
import type { ClusterTarget } from "./target";

export interface AdmissionArgs {
  readonly target: ClusterTarget;
  /** Registries, or paths in them, that images of ml-platform may come from. */
  readonly registries: readonly pulumi.Input<string>[];
  /** Who holds workloads to the rules: the API server itself, or Gatekeeper where it runs already. @default "apiServer" */
  readonly by?: "apiServer" | "gatekeeper";
}

/** Rules that workloads of ml-platform are held to whoever deploys them, people and other tools included. */
export class Admission extends pulumi.ComponentResource {
  constructor(name: string, args: AdmissionArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("Admission", name, admissionProblems(args));
    super("tideline:kubernetes:Admission", name, {}, opts);
    const { target, registries, by = "apiServer" } = args;
    const { environment } = target;
    const known = pulumi.all(registries.map((registry) => pulumi.output(registry)));
    // Names and kinds of rules do not depend on registries, so that a plan shows them before these are known.
    for (const { name: rule } of admissionRules({ environment, registries: [] })) {
      const wanted = known.apply((facts) => ruleNamed(rule, { environment, registries: facts }));
      if (by === "apiServer") nativeRule(this, name, rule, environment, wanted);
      else gatekeeperRule(this, name, rule, environment, wanted);
    }
    this.registerOutputs();
  }
}

function ruleNamed(name: string, facts: AdmissionFacts): AdmissionRule {
  const found = admissionRules(facts).find((rule) => rule.name === name);
  if (!found) throw new Error(`There is no admission rule ${name}.`);
  return found;
}

function nativeRule(
  parent: Admission,
  name: string,
  rule: string,
  environment: ClusterTarget["environment"],
  wanted: pulumi.Output<AdmissionRule>,
): void {
  const metadata = { name: `tideline-${rule}`, labels: standardLabels("admission") };
  const policy = new admissionregistration.ValidatingAdmissionPolicy(
    `${name}-${rule}`,
    { metadata, spec: wanted.apply(policySpec) },
    { parent },
  );
  new admissionregistration.ValidatingAdmissionPolicyBinding(
    `${name}-${rule}`,
    {
      metadata,
      spec: {
        policyName: metadata.name,
        validationActions: wanted.apply((known) => (isRefused(known, environment) ? ["Deny"] : ["Warn", "Audit"])),
        matchResources: { namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: ML_PLATFORM } } },
      },
    },
    { parent, dependsOn: policy },
  );
}

/** The rule as the API server evaluates it; what it cannot evaluate is refused. */
export function policySpec({ message, variables, wrong, resources }: AdmissionRule) {
  return {
    failurePolicy: "Fail",
    matchConstraints: {
      resourceRules: resources.map(({ apiGroups, resources: kinds }) => ({
        apiGroups,
        apiVersions: ["*"],
        operations: ["CREATE", "UPDATE"],
        resources: kinds,
      })),
    },
    variables: [...variables, { name: "wrong", expression: wrong }],
    validations: [
      {
        expression: "variables.wrong.size() == 0",
        messageExpression: `${JSON.stringify(`${message}; wrong: `)} + variables.wrong.join(", ")`,
        message,
      },
    ],
  };
}

function gatekeeperRule(
  parent: Admission,
  name: string,
  rule: string,
  environment: ClusterTarget["environment"],
  wanted: pulumi.Output<AdmissionRule>,
): void {
  const template = customResource(`${name}-${rule}-template`, constraintTemplate(rule, wanted), { parent });
  const enforced = wanted.apply((known): "deny" | "warn" => (isRefused(known, environment) ? "deny" : "warn"));
  customResource(`${name}-${rule}`, constraint(rule, wanted, enforced), { parent, dependsOn: template });
}

function isRefused({ onlyWarnsInDev = false }: AdmissionRule, environment: ClusterTarget["environment"]): boolean {
  return !onlyWarnsInDev || environment !== "dev";
}

/** All that is wrong with the arguments. */
export function admissionProblems({ registries }: AdmissionArgs): readonly ArgumentProblem[] {
  return [
    ...problemIf(
      registries.length === 0,
      "registries",
      "is empty, so no image at all could run; name the registry of the services' image.",
    ),
    ...registries.flatMap((registry, index) =>
      problemIf(
        typeof registry === "string" && !/^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9._/-]+)?$/.test(registry),
        `registries[${index}]`,
        `is "${String(registry)}"; give a host and, if need be, a path, such as ghcr.io/example, without https:// and tags.`,
      ),
    ),
  ];
}
