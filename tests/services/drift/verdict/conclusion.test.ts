import { severityOfShare } from "../../../../services/drift/verdict/conclusion";

describe("severityOfShare", () => {
  it.each([
    [0, "none"],
    [0.05, "low"],
    [0.1, "low"],
    [0.11, "medium"],
    [0.2, "medium"],
    [0.21, "high"],
    [1, "high"],
  ])("calls a share of %d %s", (share, severity) => {
    expect(severityOfShare(share)).toBe(severity);
  });
});
