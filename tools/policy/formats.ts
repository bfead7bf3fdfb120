import { formatTable } from "../cli/table";
import type { PolicyFinding, PolicyReport } from "./report";

/** Ways to write a report. */
export const FORMATS = { table, json, sarif, junit } as const;

export type Format = keyof typeof FORMATS;

function table({ stack, environment, rules, findings, passed }: PolicyReport): string {
  const rows = findings.flatMap(({ level, severity, rule, urn, problem, why, fix }) => [
    [level, severity, rule, shortName(urn)],
    ["", "", "", `  ${problem}`],
    ["", "", "", `  Why: ${why}`],
    ["", "", "", `  Fix: ${fix}`],
  ]);
  const counts = ["mandatory", "undecided", "advisory"].map(
    (level) => `${findings.filter((finding) => finding.level === level).length} ${level}`,
  );
  const verdict = passed ? "passes" : "does not pass";
  const summary = `Stack ${stack} (${environment}) ${verdict} ${rules} rules: ${counts.join(", ")}.`;
  return [...(rows.length > 0 ? [formatTable(rows)] : []), summary].join("\n");
}

function json(report: PolicyReport): string {
  return JSON.stringify(report, null, 2);
}

/** Static Analysis Results Interchange Format 2.1.0 (OASIS), which GitHub's code scanning reads. */
function sarif({ stack, findings }: PolicyReport): string {
  const rules = new Map(findings.map((finding) => [finding.rule, finding]));
  const run = {
    tool: {
      driver: {
        name: "tideline-policies",
        rules: [...rules.values()].map(({ rule, why, fix }) => ({
          id: rule,
          shortDescription: { text: why },
          help: { text: fix },
        })),
      },
    },
    results: findings.map(({ rule, level, severity, urn, problem }) => ({
      ruleId: rule,
      level: level === "advisory" ? (severity === "low" ? "note" : "warning") : "error",
      message: { text: problem },
      locations: [
        {
          // A finding is about a resource; the file is the one that says which stack has it.
          physicalLocation: { artifactLocation: { uri: `Pulumi.${stack}.yaml` }, region: { startLine: 1 } },
          logicalLocations: [{ name: shortName(urn), fullyQualifiedName: urn, kind: "resource" }],
        },
      ],
      partialFingerprints: { "tideline/v1": `${rule}|${urn}|${problem}` },
    })),
  };
  return JSON.stringify(
    { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] },
    null,
    2,
  );
}

/** The XML that GitLab, Jenkins and others show as tests: a failure each, advice as skipped tests. */
function junit({ stack, rules, findings }: PolicyReport): string {
  const failures = findings.filter(({ level }) => level !== "advisory").length;
  const counts = `tests="${Math.max(rules, findings.length)}" failures="${failures}" skipped="${findings.length - failures}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="policies of ${escapeXml(stack)}" ${counts}>`,
    ...findings.map(testCase),
    "</testsuite>",
  ].join("\n");
}

function testCase({ rule, level, urn, problem, fix }: PolicyFinding): string {
  const element = level === "advisory" ? "skipped" : "failure";
  const message = escapeXml(`${problem} ${fix}`);
  return `  <testcase classname="${escapeXml(rule)}" name="${escapeXml(urn)}"><${element} message="${message}"/></testcase>`;
}

function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\n": "&#10;",
  };
  return text.replace(/[&<>"\n]/g, (character) => entities[character] ?? character);
}

/** `eks/nodeGroup:NodeGroup aws-cluster-gpu` of a URN. */
function shortName(urn: string): string {
  const [type = "", name] = urn
    .slice(urn.lastIndexOf("$") + 1)
    .split("::")
    .slice(-2);
  return name === undefined ? urn : `${type} ${name}`;
}
