import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { openLoop } from "../../../../tools/bench/serving/openLoop";

let answers: (index: number) => number;
let delayMs = 0;
let asked = 0;
let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on("end", () => {
      const status = answers(asked++);
      const headers = { ...(status === 503 ? { "retry-after": "1" } : {}), "content-length": "2" };
      setTimeout(() => response.writeHead(status, headers).end("{}"), delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const load = (perSecond: number | undefined, connections = 4) =>
  openLoop({ url, path: "/x", body: '{"a":1}', perSecond, seconds: 0.5, connections });

it("sends at the rate given and counts answers and refusals", async () => {
  answers = (index) => (index % 2 === 0 ? 200 : 503);
  const { answered, refused, withRetryAfter, unsent, answerMs } = await load(200);
  expect(answered + refused + unsent).toBeGreaterThan(50);
  expect([withRetryAfter, answerMs.length]).toEqual([refused, answered]);
  expect(Math.min(answered, refused)).toBeGreaterThan(0);
});

it("does not wait for a slow server: what finds no connection is not sent", async () => {
  answers = () => 200;
  delayMs = 400;
  const { answered, unsent } = await load(100, 2);
  delayMs = 0;
  expect(answered).toBeLessThanOrEqual(4);
  expect(unsent).toBeGreaterThan(10);
});

it("sends as answers come when no rate is given", async () => {
  answers = () => 200;
  expect(await load(undefined)).toMatchObject({ refused: 0, unsent: 0, answered: expect.any(Number) });
});

it("breaks off at what is neither an answer nor a refusal", async () => {
  answers = () => 500;
  await expect(load(50)).rejects.toThrow("broke off: The server answered 500.");
});
