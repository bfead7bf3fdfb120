import { startServer } from "../../../../tools/bench/serving/process";

describe("startServer", () => {
  it("says why a server that ends at once did not start", async () => {
    const starting = startServer({
      name: "peer",
      command: () => [process.execPath, "-e", 'console.error("no model"); process.exit(3)'],
      readyPath: "/",
    });
    await expect(starting).rejects.toThrow("peer did not start: it ended with exit code 3. Its last words:\nno model");
  });

  it("waits for the ready path", async () => {
    const program = `let asked = 0;
      require("node:http").createServer((request, response) => {
        response.statusCode = request.url === "/ready" && ++asked > 2 ? 200 : 503;
        response.end(String(asked));
      }).listen(Number(process.argv[1]), "127.0.0.1")`;
    const server = await startServer({
      name: "peer",
      command: (port) => [process.execPath, "-e", program, String(port)],
      readyPath: "/ready",
    });
    expect(await (await fetch(server.url)).text()).toBe("3");
    await server.stop();
    expect(() => process.kill(server.pid, 0)).toThrow("ESRCH");
  });
});
