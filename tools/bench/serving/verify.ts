import { BenchmarkError } from "../benchmark";
import type { Contender } from "./contenders";
import type { Material } from "./material";

const TOLERANCE = 1e-4;

/**
 * Asks a contender every row, on every path that may be measured, and compares with the trainer's own functions; the
 * bare echo must give the body back.
 * @throws {BenchmarkError} at the first answer that differs: the figures would compare unlike work.
 */
export async function verifyAnswers(
  { name, server, paths, inference = false }: Pick<Contender, "name" | "server" | "paths" | "inference">,
  { bodies: plain, inferBodies, probabilities }: Pick<Material, "bodies" | "probabilities" | "inferBodies">,
): Promise<void> {
  const bodies = inference ? inferBodies : plain;
  const agreesWith = inference ? inferenceAgrees : agrees;
  for (const path of paths) {
    for (const [row, body] of bodies.entries()) {
      const answer = await ask(`${server.url}${path}`, body);
      const expected = probabilities[row] ?? Number.NaN;
      if (!(name === "bare_http" ? answer === body : agreesWith(answer, expected))) {
        throw new BenchmarkError(
          `${name} ${path} answers row ${row} with ${answer.slice(0, 300)}; P(class 1) should be ${expected}.`,
        );
      }
    }
  }
}

function agrees(answer: string, expected: number): boolean {
  const { prediction, probabilities } = JSON.parse(answer) as { prediction?: unknown; probabilities?: unknown };
  if (!Array.isArray(probabilities) || probabilities.length !== 2) return false;
  const [zero, one] = probabilities as [number, number];
  const close = Math.abs(one - expected) <= TOLERANCE && Math.abs(zero + one - 1) <= TOLERANCE;
  return close && prediction === (one > zero ? 1 : 0);
}

function inferenceAgrees(answer: string, expected: number): boolean {
  const { outputs = [] } = JSON.parse(answer) as { outputs?: readonly { name: string; data: number[] }[] };
  const data = (name: string) => outputs.find((output) => output.name === name)?.data;
  return agrees(JSON.stringify({ prediction: data("label")?.[0], probabilities: data("probabilities") }), expected);
}

async function ask(url: string, body: string): Promise<string> {
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  const text = await answer.text();
  if (answer.status === 200) return text;
  throw new BenchmarkError(`${url} answers ${answer.status}: ${text.slice(0, 300)}`);
}
