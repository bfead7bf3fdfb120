import { spawn } from "node:child_process";
import { once } from "node:events";
import { isRunning, processStart } from "../../../services/runtime/processIdentity";

test("a process has one identity for as long as it lives", async () => {
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
  const { pid = 0 } = child;
  const identity = processStart(pid) ?? "";
  expect(identity).not.toBe("");
  expect(processStart(pid)).toBe(identity);
  expect(identity).not.toBe(processStart(process.pid));
  expect(isRunning({ pid, processStart: identity })).toBe(true);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isRunning({ pid, processStart: identity })).toBe(false);
});

test("no process has no identity", () => {
  expect(processStart(-1)).toBeUndefined();
  expect(processStart(0)).toBeUndefined();
  expect(isRunning({ pid: process.pid, processStart: "" })).toBe(false);
});
