import type { ColumnKind } from "../../../services/drift/columns";
import { profileTable } from "../../../services/drift/tableProfile";
import { decodeProfile, encodeProfile } from "../../../services/drift/tableProfileCodec";

const kinds = new Map<string, ColumnKind>([
  ["n", "numeric"],
  ["c", "categorical"],
]);

describe("profiles at rest", () => {
  it("come back as they were, and as nothing when they cannot be read", async () => {
    const profile = await profileTable({ n: [1.5, null, -3], c: ["a", null, "b"] }, kinds, new Map([["n", 0.25]]));
    expect(decodeProfile(encodeProfile(profile))).toEqual(profile);
    expect(decodeProfile(Buffer.from("no profile"))).toBeUndefined();
  });
});
