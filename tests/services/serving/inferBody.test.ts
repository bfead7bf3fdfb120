/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import type { RunningServing } from "../../../services/serving/serving";
import { postBinary, postBytes } from "../../support/binaryInfer";
import { unaryPackage } from "../../support/inferModels";
import { publishPackage } from "../../support/onnxModels";
import { post, startTestServing } from "../../support/serving";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();
let service: RunningServing;
const url = (name: string) => `${service.url}/v2/models/${name}/infer`;

beforeAll(async () => {
  const pair = { name: "x", datatype: "FP64", shape: [2, 2] } as const;
  const OBJECT_STORE_URL = await publishPackage(
    folder,
    unaryPackage({ name: "fixed", operator: "Neg", inputs: [pair] }),
  );
  const numbers = { name: "n", datatype: "INT64", shape: [-1, 2] } as const;
  await publishPackage(folder, unaryPackage({ name: "wide", operator: "Identity", inputs: [numbers] }));
  service = await startTestServing({ OBJECT_STORE_URL, MODEL_NAME: "fixed", MODELS: "wide" });
});
afterAll(() => service.close());

describe("bodies", () => {
  const first = { name: "x", datatype: "FP64", shape: [2, 2] };
  const data = Buffer.alloc(32);
  const binary = { ...first, parameters: { binary_data_size: 32 } };
  const asked = JSON.stringify({ inputs: [{ ...first, data: [1, 2, 3, 4] }] });

  it("are taken as JSON when nothing is said of them", async () => {
    expect((await postBytes(url("fixed"), Buffer.from(asked), {})).status).toBe(200);
  });

  it("may be compressed, and answers are where that saves something", async () => {
    const packed = gzipSync(asked);
    const small = await postBytes(url("fixed"), packed, {
      "content-encoding": "gzip",
      "accept-encoding": "gzip",
    });
    expect([small.status, small.headers["content-encoding"]]).toEqual([200, undefined]);
    const numbers = { name: "n", datatype: "INT64", shape: [400, 2], data: new Array(800).fill(123) };
    const asking = JSON.stringify({ inputs: [numbers] });
    const large = await postBytes(url("wide"), gzipSync(asking), {
      "content-encoding": "gzip",
      "accept-encoding": "gzip",
    });
    expect(large.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(large.body).toString()).toBe((await post(url("wide"), asking)).text);
  });

  it.each<[number, string, unknown, Buffer[], Record<string, string>]>([
    [
      400,
      "inputs[0].data has 31 bytes. FP64 of shape [2,2] takes 32.",
      { inputs: [{ ...first, parameters: { binary_data_size: 31 } }] },
      [data.subarray(1)],
      {},
    ],
    [
      400,
      "1 bytes after the JSON belong to no input; see binary_data_size.",
      { inputs: [binary] },
      [data, Buffer.from("x")],
      {},
    ],
    [
      400,
      "inputs[0].parameters.binary_data_size is 32, but 31 bytes are left after the JSON. Set Inference-Header-Content-Length to the length of the JSON.",
      { inputs: [binary] },
      [data.subarray(1)],
      {},
    ],
    [
      400,
      'Inference-Header-Content-Length is "-1". Allowed: the length of the JSON, up to the body\'s 36 bytes.',
      null,
      [data],
      { "inference-header-content-length": "-1" },
    ],
    [
      400,
      'Inference-Header-Content-Length is "37". Allowed: the length of the JSON, up to the body\'s 36 bytes.',
      null,
      [data],
      { "inference-header-content-length": "37" },
    ],
    [
      400,
      "The request body has no JSON. Send a JSON object with inputs.",
      null,
      [],
      { "inference-header-content-length": "0" },
    ],
    [400, "the request body is null. Allowed: a JSON object.", null, [], {}],
    [400, "The body is not gzip: incorrect header check.", null, [], { "content-encoding": "gzip" }],
    [415, 'The content-encoding is "br". Allowed: gzip, deflate, identity.', null, [], { "content-encoding": "br" }],
  ])("that are wrong: %i %s", async (status, error, json, tail, headers) => {
    const answer = await postBinary(url("fixed"), json, tail, headers);
    expect([answer.status, JSON.parse(answer.body.toString())]).toEqual([status, { error }]);
  });

  it("keep the server alive, whatever bytes they are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(300), fc.boolean(), async (bytes, length, header) => {
        const headers: Record<string, string> = header ? { "inference-header-content-length": String(length) } : {};
        const { status, body } = await postBytes(url("fixed"), bytes, headers);
        expect([status, JSON.parse(body.toString())]).toEqual([400, { error: expect.any(String) }]);
      }),
      { numRuns: 200 },
    );
  });
});
