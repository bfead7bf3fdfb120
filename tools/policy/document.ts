import { ENVIRONMENTS, levelOf, type Rule, requirementsOf } from "../../policies/frame/rule";

/** docs/policies.md: how to use the pack, and every rule. */
export function policiesDocument(bySubject: Readonly<Record<string, readonly Rule[]>>): string {
  const total = Object.values(bySubject).flat().length;
  const sections = Object.entries(bySubject).map(
    ([subject, rules]) => `## ${subject}\n\n${rules.map(section).join("\n")}`,
  );
  return `${introduction(total)}\n${sections.join("\n")}`;
}

function section(rule: Rule): string {
  const levels = ENVIRONMENTS.filter((environment) => environment !== "local").map(
    (environment) => `${environment} ${levelOf(rule, environment)}`,
  );
  const settings = Object.entries(rule.config ?? {}).map(
    ([name, schema]) => `- Setting \`${name}\`: ${schema.description} Default ${JSON.stringify(schema.default)}.\n`,
  );
  return [
    `### ${rule.name}\n\n${rule.title} ${rule.why}\n\n`,
    `- Fix: ${rule.fix}\n`,
    `- ${rule.severity}; ${levels.join(", ")}${"remedy" in rule ? "; can mend by itself" : ""}\n`,
    `- ${requirementsOf(rule).join("; ")}\n`,
    ...settings,
  ].join("");
}

function introduction(total: number): string {
  return `# Policies

${total} rules that a stack keeps. Written by \`npm run policy -- --document\`; do not edit. The framework ids say which
requirements a rule helps to meet, not that a stack meets them; CIS ids are of the benchmark editions that they name.

## Use

\`npm run policy -- prod\` checks a stack on simulated clouds, without an account: a preview under the pack, and where a
rule reads a value that only a made resource has (an IAM document with an ARN in it), an \`up\` in the simulation. It exits
with 1 on a mandatory finding, and on a rule that stays undecided. \`--preview-only\` leaves the second part out;
\`--format json|sarif|junit\` is for machines.

With the official CLI: \`TIDELINE_ENVIRONMENT=prod pulumi preview --policy-pack policies\`. The variable chooses the levels;
without it those of prod hold. The CLI turns a mandatory rule that reads an unknown value into a note ("can't run policy");
\`pulumi up --policy-pack policies\` judges it when the value is there.

\`npm run policy\` also looks for secrets in plain text among the stack's outputs (\`output-not-plaintext\`, mandatory
everywhere); the pack alone cannot, because the SDK takes the marks of secrets off before a rule sees the values.

Settings and levels: \`--policy-pack-config file.json\`, such as \`{"eks-endpoint-breadth": {"maxAddresses": 16}}\`. Level
\`remediate\` lets a rule that can mend do so: \`{"aws-imds-tokens": "remediate"}\`.

Exceptions stand in \`policies/exceptions.json\`, a list of \`{rule, urn, reason, owner, expires}\`; * stands for any part of
a URN, \`expires\` is the last day. An expired one is a finding, one that excuses nothing is reported.

The cost rules count machines of the smallest pools at list prices written down by hand in
\`policies/estimate/prices.ts\`; what has no price there is named.

GitHub Actions:

\`\`\`yaml
name: policy
on: pull_request
permissions: { contents: read, security-events: write }
jobs:
  policy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 20, cache: npm }
      - run: npm ci
      - run: npm run -s policy -- prod --format sarif > policy.sarif
      - uses: github/codeql-action/upload-sarif@v3
        if: always()
        with: { sarif_file: policy.sarif }
\`\`\`

GitLab CI:

\`\`\`yaml
policy:
  image: node:20
  script:
    - npm ci
    - npm run -s policy -- prod --format junit > policy.xml
  artifacts:
    when: always
    reports: { junit: policy.xml }
\`\`\`
`;
}
