import { changedInputs } from "../../../components/local/changedInputs";

test.each([
  ["nothing", { a: 1, b: { c: "d" } }, { a: 1, b: { c: "d" } }, []],
  ["a value", { a: 1 }, { a: 2 }, ["a"]],
  ["a value inside", { a: { b: 1 }, c: 2 }, { a: { b: 3 }, c: 2 }, ["a"]],
  ["a value that was not there", {}, { a: 1 }, ["a"]],
  ["what the engine adds", { __provider: "old" }, { __provider: "new" }, []],
])("%s has changed", (_, olds, news, changed) => {
  expect(changedInputs<object>(olds, news)).toEqual(changed);
});
