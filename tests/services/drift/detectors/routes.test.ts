import { type Answer, driftFixture } from "../../../support/driftService";

const { call } = driftFixture();
const error = ({ status, body }: Answer) => `${status} ${body.error?.code}: ${body.error?.message}`;
const put = (id: string, kind: string) => call("PUT", `/detectors/${id}`, { kind });
const feed = (id: string, values: unknown) => call("POST", `/detectors/${id}/values`, { values });

describe("watched streams", () => {
  it("find the change of a stream that comes in pieces, at the place that river finds it at", async () => {
    expect((await put("errors", "adwin")).status).toBe(201);
    expect((await put("errors", "adwin")).status).toBe(200);
    const calm = Array.from({ length: 1000 }, (_, i) => i % 2);
    const moved = Array.from({ length: 100 }, (_, i) => 5 + (i % 2));
    expect((await feed("errors", calm)).body).toMatchObject({ seen: 1000, status: "stable", found: [] });
    const { body } = await feed("errors", moved);
    expect(body.found[0]).toBe(1023);
    expect((await call("GET", "/detectors/errors")).body).toMatchObject({ seen: 1100, detections: body.found });
  });

  it("take every value once, however many send at once", async () => {
    await put("shared", "page_hinkley");
    await Promise.all(Array.from({ length: 8 }, () => feed("shared", [0.1, 0.2, 0.3])));
    expect((await call("GET", "/detectors/shared")).body.seen).toBe(24);
  });

  it("refuse what they cannot watch, and then take none of it", async () => {
    await put("outcomes", "ddm");
    expect(error(await feed("outcomes", [0, 1, 0.5]))).toBe(
      "400 invalid_value: No value was taken: the stream holds 0.5: 0 for a right and 1 for a wrong prediction are watched.",
    );
    expect((await call("GET", "/detectors/outcomes")).body.seen).toBe(0);
    expect(error(await feed("outcomes", []))).toBe(
      "400 invalid_request: The request is wrong. body.values: Too small: expected array to have >=1 items.",
    );
    expect(error(await put("outcomes", "eddm"))).toBe(
      '409 detector_exists: The stream "outcomes" is watched by another kind of detector. Use another id, or DELETE it first.',
    );
    expect(error(await put("other", "cusum"))).toBe(
      '400 invalid_request: The request is wrong. body.kind: Invalid option: expected one of "adwin"|"page_hinkley"|"ddm"|"eddm"|"hddm_a"|"hddm_w"|"kswin".',
    );
    expect((await call("DELETE", "/detectors/outcomes")).status).toBe(204);
    const missing = '404 detector_not_found: There is no watched stream "outcomes". PUT /detectors/outcomes makes one.';
    for (const answer of [
      await feed("outcomes", [1]),
      await call("GET", "/detectors/outcomes"),
      await call("DELETE", "/detectors/outcomes"),
    ]) {
      expect(error(answer)).toBe(missing);
    }
  });
});
