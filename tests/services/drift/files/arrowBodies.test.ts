import { Table, tableToIPC, vectorFromArray } from "apache-arrow";
import { type Answer, driftFixture } from "../../../support/driftService";

const drift = driftFixture({ BODY_LIMIT_BYTES: "100000" });
const wave = (length: number, shift = 0) => Array.from({ length }, (_, i) => Math.sin(i * 12.9898) * 43.7 + shift);
const table = (shift: number) => {
  const x = vectorFromArray([...wave(300, shift), null]);
  const colour = vectorFromArray(Array.from({ length: 301 }, (_, i) => (i % 3 ? "red" : "blue")));
  return new Table({ x, colour });
};

async function send(method: string, path: string, body: Uint8Array, form = "stream"): Promise<Answer> {
  const headers = { "content-type": `application/vnd.apache.arrow.${form}` };
  const response = await fetch(`${drift.url()}${path}`, { method, headers, body: Buffer.from(body) });
  return { status: response.status, body: await response.json() };
}

describe("Arrow bodies", () => {
  it("are references and windows like JSON ones, to the same content", async () => {
    const put = await send("PUT", "/references/arrow?replace=true", tableToIPC(table(0)));
    expect(put).toMatchObject({ status: 201, body: { rows: 301 } });
    const columns = {
      x: [...wave(300), null],
      colour: Array.from({ length: 301 }, (_, i) => (i % 3 ? "red" : "blue")),
    };
    expect((await drift.call("PUT", "/references/arrow", { columns })).status).toBe(200);
    const moved = await send("POST", "/detect-drift?reference_id=arrow", tableToIPC(table(40), "file"), "file");
    expect(moved).toMatchObject({
      status: 200,
      body: { features_affected: ["x"], columns: { x: { current_rows: 300, current_missing: 1 } } },
    });
  });

  it("that are none, or too large, are refused", async () => {
    expect(await send("PUT", "/references/none", Buffer.from("hello world, this is none"))).toMatchObject({
      status: 400,
      body: {
        error: { code: "invalid_arrow", message: expect.stringMatching(/^The body cannot be read as Arrow IPC: /) },
      },
    });
    expect(await send("PUT", "/references/none", Buffer.alloc(200_000))).toMatchObject({
      status: 413,
      body: { error: { code: "body_too_large" } },
    });
  });
});
