import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime";
import { holdsSecret, isSecretMark, SIGNATURE } from "../../../tools/rehearsal/secretMark";

const mark = { [specialSigKey]: specialSecretSig, ciphertext: "[secret]" };

test("the marks are those of the SDK", () => {
  expect(SIGNATURE).toBe(specialSigKey);
  expect([mark, { a: mark }, "text", null].map(isSecretMark)).toEqual([true, false, false, false]);
  expect([mark, { a: [mark] }, "text", undefined].map(holdsSecret)).toEqual([true, true, false, false]);
});
