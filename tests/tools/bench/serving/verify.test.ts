import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BenchServer } from "../../../../tools/bench/serving/process";
import { verifyAnswers } from "../../../../tools/bench/serving/verify";

describe("verifyAnswers", () => {
  const material = { bodies: ['{"features":[1]}'], inferBodies: ['{"inputs":[]}'], probabilities: [0.75] };
  let answer = { status: 200, text: "" };
  let http: Server;
  const check = (name: "ours" | "bare_http" | "mlserver") => {
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    const server: BenchServer = { url, pid: 0, cpuSeconds: () => undefined, stop: async () => {} };
    return verifyAnswers({ name, server, paths: ["/p"], inference: name === "mlserver" }, material);
  };

  beforeAll(async () => {
    http = createServer((_, response) => {
      response.statusCode = answer.status;
      response.end(answer.text);
    });
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => new Promise((resolve) => http.close(resolve)));

  it("accepts the same probabilities, and an echo of the body", async () => {
    answer = { status: 200, text: '{"prediction":1,"probabilities":[0.25004,0.74996]}' };
    await check("ours");
    answer = { status: 200, text: '{"features":[1]}' };
    await check("bare_http");
  });

  it("reads answers of the inference protocol", async () => {
    const outputs = (label: number) => [
      { name: "label", data: [label] },
      { name: "probabilities", data: [0.25, 0.75] },
    ];
    answer = { status: 200, text: JSON.stringify({ outputs: outputs(1) }) };
    await check("mlserver");
    answer = { status: 200, text: JSON.stringify({ outputs: outputs(0) }) };
    await expect(check("mlserver")).rejects.toThrow("mlserver /p answers row 0 with ");
  });

  it.each([
    ['{"prediction":1,"probabilities":[0.251,0.749]}'],
    ['{"prediction":0,"probabilities":[0.25,0.75]}'],
    ['{"prediction":1,"probabilities":[0.75]}'],
  ])("refuses %s", async (text) => {
    answer = { status: 200, text };
    await expect(check("ours")).rejects.toThrow(`ours /p answers row 0 with ${text}; P(class 1) should be 0.75.`);
  });

  it("refuses an error", async () => {
    answer = { status: 503, text: "busy" };
    await expect(check("ours")).rejects.toThrow(/\/p answers 503: busy$/);
  });
});
