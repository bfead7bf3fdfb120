import { type Environment, levelOf, type Rule } from "../../policies/frame/rule";
import type { EngineLog, Violation } from "../rehearsal/engineEvents";
import { plainSecrets } from "./outputSecrets";

/** Name of the check of the stack's outputs. */
const OUTPUT_SECRET = "output-not-plaintext";

/** One thing that a rule found, or could not find out. */
export interface PolicyFinding {
  readonly rule: string;
  /** undecided: a value that the rule reads is unknown, which is no pass. */
  readonly level: "mandatory" | "advisory" | "undecided";
  readonly severity: Rule["severity"];
  readonly urn: string;
  /** What is wrong. */
  readonly problem: string;
  readonly why: string;
  readonly fix: string;
}

/** What `policy --format json` prints. */
export interface PolicyReport {
  readonly stack: string;
  readonly environment: Environment;
  /** Rules that were looked at: all but those disabled in the environment. */
  readonly rules: number;
  readonly findings: readonly PolicyFinding[];
  readonly passed: boolean;
}

/** What is looked at beside the rules: the exceptions, by the pack itself, and the stack's outputs. */
const OWN: Readonly<Record<string, Pick<PolicyFinding, "level" | "severity" | "why" | "fix">>> = {
  "exception-expired": {
    level: "mandatory",
    severity: "high",
    why: "An exception without an end is a rule that does not hold.",
    fix: "Mend what it excuses and remove it, or have its owner set a new day.",
  },
  "exception-unused": {
    level: "advisory",
    severity: "low",
    why: "It would excuse the next mistake in silence.",
    fix: "Remove it from policies/exceptions.json.",
  },
  [OUTPUT_SECRET]: {
    level: "mandatory",
    severity: "critical",
    why: "Whoever may read the stack's outputs reads it, and so do logs of CI.",
    fix: "Wrap the output in pulumi.secret.",
  },
};

/** What the engine told of an operation, with a violation for every output that is a secret in plain text. */
export function violationsOf({ violations, outputs }: Pick<EngineLog, "violations" | "outputs">): readonly Violation[] {
  const plain = plainSecrets(outputs).map(({ output, reason }) => ({
    policyName: OUTPUT_SECRET,
    enforcementLevel: "mandatory",
    message: `Output ${output} is not marked as secret, and ${reason}.`,
  }));
  return [...violations, ...plain];
}

const ORDER = ["undecided", "mandatory", "advisory"];
const SEVERITIES = ["critical", "high", "medium", "low"];

/**
 * Makes a report of what the engine told of the pack. The levels are the rules' own: the engine was told to take all as
 * advisory, so that the first finding does not keep it from the others.
 */
export function reportOf(
  plan: Pick<PolicyReport, "stack" | "environment">,
  rules: readonly Rule[],
  violations: readonly Violation[],
): PolicyReport {
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  const findings = violations.flatMap((violation): PolicyFinding[] => {
    const rule = byName.get(violation.policyName);
    const known = rule
      ? { level: levelOf(rule, plan.environment), severity: rule.severity, why: rule.why, fix: rule.fix }
      : OWN[violation.policyName];
    if (!known || known.level === "disabled") return [];
    const undecided = isUndecided(violation) && known.level === "mandatory";
    return [
      {
        rule: violation.policyName,
        ...known,
        level: undecided ? "undecided" : known.level,
        urn: violation.resourceUrn ?? "",
        problem: problemOf(violation),
      },
    ];
  });
  return {
    ...plan,
    rules: rules.filter((rule) => levelOf(rule, plan.environment) !== "disabled").length,
    findings: findings.sort(byWeight),
    passed: findings.every(({ level }) => level === "advisory"),
  };
}

/** Is it the SDK's note that it turned a rule into advice, because the rule read an unknown value in a preview? */
export function isUndecided({ message }: Violation): boolean {
  return /can't run policy '.*' from policy pack '.*' during preview/.test(message);
}

/** The message without the rule's title, which the engine puts before it. */
function problemOf({ message }: Violation): string {
  const lines = message.trim().split("\n");
  return (lines.length > 1 ? lines.slice(1) : lines).join(" ");
}

function byWeight(a: PolicyFinding, b: PolicyFinding): number {
  return (
    ORDER.indexOf(a.level) - ORDER.indexOf(b.level) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    a.rule.localeCompare(b.rule) ||
    a.urn.localeCompare(b.urn)
  );
}
