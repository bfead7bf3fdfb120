import { type Answer, driftFixture } from "../../../support/driftService";

const { call } = driftFixture();
const error = ({ status, body }: Answer) => `${status} ${body.error?.code}: ${body.error?.message}`;

describe("POST /performance", () => {
  it("answers, and refuses", async () => {
    const scores = Array.from({ length: 40 }, (_, i) => (i % 10) / 10);
    const { status, body } = await call("POST", "/performance", {
      scores,
      labels: scores.map((s) => (s > 0.4 ? 1 : 0)),
    });
    expect([status, body.mode, body.windows[0].accuracy.value]).toEqual([200, "measured", 1]);
    expect(error(await call("POST", "/performance", { scores: [2] }))).toBe(
      "400 invalid_score: Row 0 of scores is 2: a probability from 0 to 1 is expected.",
    );
  });
});
