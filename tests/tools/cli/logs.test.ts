import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { lastLines, logs } from "../../../tools/cli/logs";
import { recordingContext } from "../../support/cliContext";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();
const home = join(folder, "home");
const file = join(home, "logs", "serving.log");
const context = recordingContext(folder, home);

beforeAll(() => {
  mkdirSync(join(home, "logs"), { recursive: true });
  writeFileSync(join(home, "logs", "drift.log"), "");
  writeFileSync(file, "");
});

test("the last lines are those of the whole file, whatever their length and number", () => {
  const line = fc.oneof(fc.stringMatching(/^[a-zé]{0,20}$/), fc.constant("x".repeat(70_000)));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), fc.nat(10), fc.boolean(), (lines, count, closed) => {
      const whole = lines.join("\n") + (closed && lines.length > 0 ? "\n" : "");
      writeFileSync(file, whole);
      const all = whole.split(/(?<=\n)/);
      const { text, end } = lastLines(file, count);
      expect(text.toString()).toBe(count === 0 ? "" : all.slice(-count).join(""));
      expect(end).toBe(Buffer.byteLength(whole));
    }),
    { numRuns: 200 },
  );
});

test.each([
  [["servng"], "There is no service servng. Did you mean serving? Valid: drift, serving."],
  [["x"], "There is no service x. Valid: drift, serving."],
  [[], "Name one service. Usage: npm run logs -- SERVICE [--follow] [--lines N]"],
  [["serving", "drift"], "Name one service. Usage: npm run logs -- SERVICE [--follow] [--lines N]"],
  [["serving", "--lines", "-3"], "Usage: npm run logs -- SERVICE [--follow] [--lines N]"],
  [
    ["serving", "--lines", "many"],
    '--lines is "many"; allowed is a whole number from 0. Usage: npm run logs -- SERVICE [--follow] [--lines N]',
  ],
  [["serving", "--tail"], "Unknown option '--tail'"],
])("%j is refused", async (args, message) => {
  await expect(logs(context, args)).rejects.toThrow(message);
});

test("without any logs it says how to get some", async () => {
  const empty = recordingContext(folder, join(folder, "nowhere"));
  await expect(logs(empty, ["serving"])).rejects.toThrow("There are no logs yet. Start the services with: npm run up");
});

test("following shows what is appended, also to a new file in its place, until it is interrupted", async () => {
  writeFileSync(file, "one\ntwo\n");
  const main = join(__dirname, "../../../tools/cli/main.ts");
  const env = { ...process.env, TIDELINE_HOME: home };
  const child = spawn(process.execPath, [require.resolve("tsx/cli"), main, "logs", "serving", "-f", "-n", "1"], {
    env,
  });
  let seen = "";
  const until = async (text: string) => {
    while (!seen.endsWith(text)) seen += String((await once(child.stdout, "data"))[0]);
  };
  await until("two\n");
  appendFileSync(file, "three\n");
  await until("three\n");
  renameSync(file, `${file}.1`);
  writeFileSync(file, "four\n");
  await until("four\n");
  expect(seen).toBe("two\nthree\nfour\n");
  child.kill("SIGINT");
  expect(await once(child, "close")).toEqual([0, null]);
});
