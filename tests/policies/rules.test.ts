import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { PURPOSES } from "../../policies/frame/frameworks";
import { isObject } from "../../policies/frame/read";
import { type ResourceRule, requirementsOf, type StackRule, settingsOf } from "../../policies/frame/rule";
import { RULES, RULES_BY_SUBJECT } from "../../policies/rules";
import { drawStack, type RuleCases, type Sketch, type StackCases } from "./ruleCases";

/** What the SDK wraps inputs in; left out of its types. */
const { UnknownValueError, unknownCheckingProxy, unknownStringValue } = require("@pulumi/policy/proxy") as {
  UnknownValueError: new () => Error;
  unknownCheckingProxy: (props: unknown) => unknown;
  unknownStringValue: string;
};

const POLICIES = join(__dirname, "../../policies");

const fileOf = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const SUBJECTS = Object.entries(RULES_BY_SUBJECT).flatMap(([subject, rules]) =>
  rules.map((rule) => ({ rule, subject, file: fileOf(rule.name) })),
);

function casesOf<T>({ subject, file }: { subject: string; file: string }): T {
  return (require(join(__dirname, "cases", subject, file)) as { cases: T }).cases;
}

test("every rule file has one rule of its name, and cases", () => {
  const files = Object.keys(RULES_BY_SUBJECT).flatMap((subject) =>
    readdirSync(join(POLICIES, subject)).flatMap((file) => (file === "index.ts" ? [] : [`${subject}/${file}`])),
  );
  expect(SUBJECTS.map(({ subject, file }) => `${subject}/${file}.ts`).sort()).toEqual(files.sort());
  const without = SUBJECTS.filter(({ subject, file }) => !existsSync(join(__dirname, "cases", subject, `${file}.ts`)));
  expect(without).toEqual([]);
});

test("every rule says what, why and how to mend it, and whom it serves", () => {
  expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
  expect(RULES.length).toBeGreaterThanOrEqual(80);
  for (const rule of RULES) {
    for (const text of [rule.title, rule.why, rule.fix]) expect(text).toMatch(/^\S.*\.$/s);
    expect(requirementsOf(rule).length).toBeGreaterThanOrEqual(PURPOSES[rule.purpose].length);
    expect(rule.types.length).toBeGreaterThan(0);
  }
});

const resourceRules = SUBJECTS.filter(({ rule }) => "check" in rule);
const stackRules = SUBJECTS.filter(({ rule }) => "checkStack" in rule);

function problemsOf(rule: ResourceRule, type: string, props: Readonly<Record<string, unknown>>) {
  return rule.check({ type, name: "subject", urn: "urn:subject", props }, settingsOf(rule));
}

describe.each(resourceRules)("$rule.name", (subject) => {
  const rule = subject.rule as ResourceRule;
  const { type, pass, fail } = casesOf<RuleCases>(subject);

  test("finds nothing in what is right, and everything in what is wrong", () => {
    expect(rule.types).toContain(type);
    expect([pass.length > 0, fail.length > 0]).toEqual([true, true]);
    for (const props of pass)
      expect({ props, problems: problemsOf(rule, type, props) }).toEqual({ props, problems: [] });
    for (const { props, problems } of fail) expect(problemsOf(rule, type, props)).toEqual(problems);
  });

  test("never passes something wrong because a value that it reads is unknown", () => {
    for (const { props } of fail) {
      for (const path of leavesOf(props)) {
        if (BY_PRESENCE.has(rule.name)) continue;
        const unknown = unknownCheckingProxy(withUnknown(props, path)) as Record<string, unknown>;
        expect({ path, passed: passes(rule, type, unknown) }).toEqual({ path, passed: false });
      }
    }
  });
});

/** Rules for which a value that is still to be made is a good one, as each says where it reads it. */
const BY_PRESENCE = new Set(["aws-tags", "pod-own-account", "not-default-namespace", "gke-node-account"]);

function passes(rule: ResourceRule, type: string, props: Readonly<Record<string, unknown>>): boolean {
  return undecidedOr(() => problemsOf(rule, type, props).length === 0);
}

/** A check that reads an unknown value throws, which the SDK reports as undecided: that is no pass. */
function undecidedOr(passed: () => boolean): boolean {
  try {
    return passed();
  } catch (error) {
    if (error instanceof UnknownValueError) return false;
    throw error;
  }
}

function leavesOf(value: unknown, path: readonly string[] = []): string[][] {
  if (!isObject(value)) return [[...path]];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]));
}

function withUnknown(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined || !isObject(value)) return unknownStringValue;
  const changed = withUnknown(value[key], rest);
  if (Array.isArray(value)) return value.map((member: unknown, index) => (String(index) === key ? changed : member));
  return { ...value, [key]: changed };
}

describe.each(stackRules)("$rule.name", (subject) => {
  const rule = subject.rule as StackRule;
  const { pass, fail } = casesOf<StackCases>(subject);
  const found = (stack: readonly Sketch[]) => rule.checkStack(drawStack(stack), settingsOf(rule));

  test("finds nothing in what is right, and everything in what is wrong", () => {
    expect([pass.length > 0, fail.length > 0]).toEqual([true, true]);
    for (const stack of pass) expect(found(stack)).toEqual([]);
    for (const { stack, problems } of fail) {
      const findings = found(stack);
      expect(findings.map(({ text }) => text)).toEqual(problems);
      const urns = new Set(stack.map(({ name }) => `urn:${name}`));
      for (const { urn } of findings) expect(urns).toContain(urn);
    }
  });

  test("never passes something wrong because a value that it reads is unknown", () => {
    for (const { stack } of fail) {
      for (const [index, { props = {} }] of stack.entries()) {
        for (const path of leavesOf(props)) {
          const unknown = unknownCheckingProxy(withUnknown(props, path)) as Record<string, unknown>;
          const changed = stack.map((sketch, at) => (at === index ? { ...sketch, props: unknown } : sketch));
          const passed = undecidedOr(() => found(changed).length === 0);
          expect({ resource: stack[index]?.name, path, passed }).toEqual({
            resource: stack[index]?.name,
            path,
            passed: false,
          });
        }
      }
    }
  });
});
