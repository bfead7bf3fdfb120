import { streamList } from "../../../../services/drift/streams/streamSettings";

const stream = { name: "s", topic: "t", reference_id: "r", window: { kind: "count", rows: 100 } };

describe("streamList", () => {
  it("fills in what is left out", () => {
    expect(streamList.parse(JSON.stringify([stream]))).toEqual([
      { ...stream, lateness_ms: 60_000, ahead_ms: 3_600_000 },
    ]);
  });

  it.each([
    ["{", "A JSON list of streams is expected; the list: Invalid input: expected array, received undefined"],
    [JSON.stringify([stream, stream]), "A JSON list of streams is expected; the list: two streams have the same name"],
    [
      JSON.stringify([{ ...stream, window: { kind: "count", rows: 0 }, topic: "" }]),
      "A JSON list of streams is expected; 0.topic: Too small: expected string to have >=1 characters; 0.window.rows: Too small: expected number to be >=1",
    ],
  ])("says what is wrong with %s", (text, message) => {
    expect(streamList.safeParse(text).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});
