import { environmentOf } from "../../policies/environment";

test("the strictest environment holds unless another is named", () => {
  expect(environmentOf({})).toBe("prod");
  expect(environmentOf({ TIDELINE_ENVIRONMENT: "dev" })).toBe("dev");
  expect(() => environmentOf({ TIDELINE_ENVIRONMENT: "test" })).toThrow(
    "TIDELINE_ENVIRONMENT is test; it must be local, dev, staging, prod, or unset for prod.",
  );
});
