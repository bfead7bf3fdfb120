import { Contender } from "../../../../tools/bench/drift/contender";

const answering = `require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const order = JSON.parse(line);
  if (order.run === "fail") { console.error("out of memory"); process.exit(1); }
  console.log(JSON.stringify(order.run ? { wall: 1, cpu: 2, values: { asked: order.run } } : {}));
});`;

describe("Contender", () => {
  it("loads, runs rounds, and is gone when stopped", async () => {
    const contender = new Contender("ours", [process.execPath, "-e", answering]);
    await contender.load({ rows: 1 });
    expect(await contender.round("cold")).toEqual({ wall: 1, cpu: 2, values: { asked: "cold" } });
    await contender.stop();
    await contender.stop();
  });

  it("tells the last words of a process that ended", async () => {
    const contender = new Contender("Ours", [process.execPath, "-e", answering]);
    await expect(contender.round("fail")).rejects.toThrow(
      /^Ours ended instead of answering\. Its last words:\nout of memory\n$/,
    );
    await contender.stop();
  });
});
