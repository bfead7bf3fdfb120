import { allowances, isForAnyone, statementsOf } from "../../../policies/frame/documents";

const STATEMENT = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

test("JSON text and objects, one statement and many, single values and lists mean the same", () => {
  const expected = [
    {
      sid: "statement 1",
      effect: "Allow",
      actions: ["s3:GetObject"],
      resources: ["*"],
      principals: [],
      condition: {},
      inverted: false,
    },
  ];
  expect(statementsOf({ Statement: STATEMENT })).toEqual(expected);
  expect(statementsOf(JSON.stringify({ Statement: [{ ...STATEMENT, Action: ["s3:GetObject"] }] }))).toEqual(expected);
});

test("principals keep their kind, and everyone is found in each way to write it", () => {
  const principals = ["*", { AWS: "*" }, { AWS: ["arn:aws:iam::1:root", "*"] }, { Service: "eks.amazonaws.com" }];
  const statements = statementsOf({ Statement: principals.map((Principal) => ({ ...STATEMENT, Principal })) });
  expect(statements.map(isForAnyone)).toEqual([true, true, true, false]);
  expect(statements[3]?.principals).toEqual(["Service:eks.amazonaws.com"]);
});

test("a statement that allows all but a list is known as such; one that denies is no allowance", () => {
  const [inverted] = statementsOf({ Statement: { Effect: "Allow", NotAction: "iam:*", Resource: "*" } });
  expect(inverted?.inverted).toBe(true);
  expect(allowances({ Statement: { ...STATEMENT, Effect: "Deny" } })).toEqual([]);
});

test("what is no document is refused", () => {
  expect(() => statementsOf("{")).toThrow(/^A policy document is no JSON: /);
  expect(() => statementsOf(7)).toThrow("A policy document must be a JSON object with a Statement.");
});
