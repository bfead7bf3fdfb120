import { ExceptionList, parseExceptions } from "../../../policies/frame/exceptions";

const EXCEPTION = { rule: "aws-tags", urn: "urn:*::models", reason: "moving", owner: "ml", expires: "2026-06-30" };
const parse = (value: unknown) => parseExceptions(value, ["aws-tags"]);

test("an exception excuses its rule on its resources until its last day", () => {
  const on = (today: string) => new ExceptionList(parse([EXCEPTION]), today);
  expect(on("2026-06-30").excuses("aws-tags", "urn:a::models")).toBe(true);
  expect(on("2026-07-01").excuses("aws-tags", "urn:a::models")).toBe(false);
  expect(on("2026-06-30").excuses("aws-tags", "urn:a::models-2")).toBe(false);
  expect(on("2026-06-30").excuses("gcp-labels", "urn:a::models")).toBe(false);
});

test("expired and unused exceptions are known", () => {
  const list = new ExceptionList(
    parse([EXCEPTION, { ...EXCEPTION, urn: "urn:other", expires: "2027-01-01" }]),
    "2026-07-01",
  );
  list.excuses("aws-tags", "urn:a::models");
  expect(list.expired().map(({ urn }) => urn)).toEqual(["urn:*::models"]);
  expect(list.unused().map(({ urn }) => urn)).toEqual(["urn:other"]);
});

test("a dot and a dollar sign in a URN stand for themselves", () => {
  const list = new ExceptionList(parse([{ ...EXCEPTION, urn: "a.b$c*" }]), "2026-01-01");
  expect(list.excuses("aws-tags", "a.b$c::d")).toBe(true);
  expect(list.excuses("aws-tags", "axb$c::d")).toBe(false);
});

test.each([
  [{}, "The exceptions file must be a list of exceptions."],
  [[{ ...EXCEPTION, owner: "" }], "Exception 1 needs the text owner."],
  [[EXCEPTION, { ...EXCEPTION, rule: "tags" }], "Exception 2 is of tags, which is no rule."],
  [[{ ...EXCEPTION, expires: "2026-02-30" }], "Exception 1 expires on 2026-02-30, which is no day; write YYYY-MM-DD."],
  [[{ ...EXCEPTION, expires: "soon" }], "Exception 1 expires on soon, which is no day; write YYYY-MM-DD."],
])("%j is refused", (value, message) => expect(() => parse(value)).toThrow(message));
