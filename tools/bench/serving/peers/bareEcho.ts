import { createServer } from "node:http";

/** The least that a JSON server in Node can do: gather the body, parse it, answer it. The port is the one argument. */
createServer((request, response) => {
  if (request.method === "GET") {
    response.end("ready");
    return;
  }
  const chunks: Buffer[] = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const answer = JSON.stringify(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(answer) });
    response.end(answer);
  });
}).listen(Number(process.argv[2]), "127.0.0.1");
