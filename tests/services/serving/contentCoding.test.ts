import { deflateSync, gunzipSync, gzipSync, inflateSync } from "node:zlib";
import { contentHeaders, decodeContent, encodeContent } from "../../../services/serving/contentCoding";

const text = Buffer.from("tensors ".repeat(1000));

describe("content codings", () => {
  it.each([
    [undefined, text],
    ["identity", text],
    ["gzip", gzipSync(text)],
    ["GZIP", gzipSync(text)],
    ["deflate", deflateSync(text)],
  ])("reads %s", async (encoding, body) => {
    expect((await decodeContent(body, encoding, text.length)).equals(text)).toBe(true);
  });

  it("stops inflating at the limit", async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    await expect(decodeContent(bomb, "gzip", 4096)).rejects.toMatchObject({
      status: 413,
      message: "The request body is larger than the 4096 bytes that this server takes.",
    });
  });

  it("refuses what it cannot read", async () => {
    await expect(decodeContent(text, "br", 9999)).rejects.toMatchObject({
      status: 415,
      message: 'The content-encoding is "br". Allowed: gzip, deflate, identity.',
    });
    await expect(decodeContent(text, "toString", 9999)).rejects.toMatchObject({ status: 415 });
    await expect(decodeContent(text, "gzip", 9999)).rejects.toMatchObject({
      status: 400,
      message: "The body is not gzip: incorrect header check.",
    });
  });

  it.each([
    ["gzip, deflate, br", "gzip"],
    ["deflate", "deflate"],
    ["gzip;q=0, deflate;q=0.5", "deflate"],
    ["br", undefined],
    ["gzip;q=0.0", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("answers %j with %s", async (accepted, coding) => {
    const encoded = await encodeContent(text, accepted);
    expect(encoded.coding).toBe(coding);
    const decode = { gzip: gunzipSync, deflate: inflateSync, none: (body: Buffer) => body }[coding ?? "none"];
    expect(decode?.(encoded.body).equals(text)).toBe(true);
    expect(contentHeaders(encoded.coding)["content-encoding"]).toBe(coding);
  });

  it("leaves small answers alone", async () => {
    const small = Buffer.from("{}");
    expect(await encodeContent(small, "gzip")).toEqual({ body: small, coding: undefined });
  });
});
