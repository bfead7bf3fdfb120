import type { Policies, ResourceValidation, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { Exception, ExceptionList } from "./exceptions";
import {
  type Environment,
  levelOf,
  type ResourceRule,
  type Rule,
  requirementsOf,
  type Settings,
  type StackResource,
  type StackRule,
  settingsOf,
} from "./rule";

/** What turns rules into policies of the engine. */
export interface PackArgs {
  readonly rules: readonly Rule[];
  readonly environment: Environment;
  readonly exceptions: ExceptionList;
}

/** Policies of all rules, and of the exceptions themselves. */
export function policiesOf(args: PackArgs): Policies {
  const rules = args.rules.map((rule) => ("check" in rule ? resourcePolicy(rule, args) : stackPolicy(rule, args)));
  return [...rules, ...exceptionPolicies(args)];
}

function resourcePolicy(rule: ResourceRule, { environment, exceptions }: PackArgs): ResourceValidationPolicy {
  const types = new Set(rule.types);
  const { remedy } = rule;
  const validateResource: ResourceValidation = ({ type, name, urn, props, getConfig }, report) => {
    if (!types.has(type)) return;
    const problems = rule.check({ type, name, urn, props }, settingsOf(rule, getConfig<Settings>()));
    if (problems.length === 0 || exceptions.excuses(rule.name, urn)) return;
    for (const problem of problems) report(problem);
  };
  return {
    ...describe(rule, environment),
    validateResource: types.size === 1 ? onlyOf(rule.types[0], validateResource) : validateResource,
    ...(remedy && {
      remediateResource: ({ type, name, urn, props, getConfig }) =>
        types.has(type) && !exceptions.excuses(rule.name, urn)
          ? remedy({ type, name, urn, props }, settingsOf(rule, getConfig<Settings>()))
          : undefined,
    }),
  };
}

/** As validateResourceOfType does, without loading a cloud's SDK: other types are passed over before they are read. */
function onlyOf(type: string | undefined, validate: ResourceValidation): ResourceValidation {
  return Object.assign(validate, { __pulumiType: type });
}

function stackPolicy(rule: StackRule, { environment, exceptions }: PackArgs): StackValidationPolicy {
  return {
    ...describe(rule, environment),
    validateStack: ({ resources, getConfig }, report) => {
      // The engine's own resources have the members that rules read.
      for (const { urn, text } of rule.checkStack(
        resources as readonly StackResource[],
        settingsOf(rule, getConfig<Settings>()),
      )) {
        if (!exceptions.excuses(rule.name, urn)) report(text, urn);
      }
    },
  };
}

function describe(rule: Rule, environment: Environment) {
  return {
    name: rule.name,
    description: rule.title,
    enforcementLevel: levelOf(rule, environment),
    severity: rule.severity,
    tags: [...requirementsOf(rule)],
    remediationSteps: rule.fix,
    ...(rule.config && { configSchema: { properties: { ...rule.config } } }),
  };
}

/** Last in the list: the engine checks the stack in the order of the policies, after all resources. */
function exceptionPolicies({ exceptions }: PackArgs): StackValidationPolicy[] {
  const expired: StackValidationPolicy = {
    name: "exception-expired",
    description: "No exception is past its last day.",
    enforcementLevel: "mandatory",
    severity: "high",
    validateStack: (_stack, report) => {
      for (const exception of exceptions.expired()) report(`${nameOf(exception)} expired on ${exception.expires}.`);
    },
  };
  const unused: StackValidationPolicy = {
    name: "exception-unused",
    description: "Every exception is still needed.",
    enforcementLevel: "advisory",
    severity: "low",
    validateStack: (_stack, report) => {
      for (const exception of exceptions.unused()) report(`${nameOf(exception)} excused nothing; remove it.`);
    },
  };
  return [expired, unused];
}

function nameOf({ rule, urn, owner }: Exception): string {
  return `The exception of ${rule} for ${urn} (${owner})`;
}
