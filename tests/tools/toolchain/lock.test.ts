import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { processStart } from "../../../services/runtime/processIdentity";
import { withLock } from "../../../tools/toolchain/lock";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();
const quiet = { onWait: () => {}, pollMs: 5 };

function lockOf(name: string, holder: object | string): string {
  const file = join(folder, name);
  writeFileSync(file, typeof holder === "string" ? holder : JSON.stringify(holder));
  return file;
}

test("of several at once, each works alone, and the waiting ones are told who works", async () => {
  const file = join(folder, "turns", "lock");
  let inside = 0;
  let most = 0;
  const waitedFor: number[] = [];
  const work = async () => {
    most = Math.max(most, ++inside);
    await sleep(15);
    inside -= 1;
  };
  await Promise.all(
    Array.from({ length: 5 }, () => withLock(file, { onWait: (pid) => waitedFor.push(pid), pollMs: 5 }, work)),
  );
  expect(most).toBe(1);
  expect(waitedFor).toEqual([process.pid, process.pid, process.pid, process.pid]);
  expect(readdirSync(join(folder, "turns"))).toEqual([]);
});

test("a failure gives the lock back", async () => {
  const file = join(folder, "failing");
  const failure = withLock(file, quiet, async () => {
    throw new Error("no");
  });
  await expect(failure).rejects.toThrow("no");
  expect(existsSync(file)).toBe(false);
});

test("the lock of a process that has ended is taken over", async () => {
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
  await once(child, "spawn");
  const pid = child.pid ?? 0;
  const holder = { id: "x", pid, processStart: processStart(pid), host: hostname() };
  const file = lockOf("ended", holder);
  child.kill("SIGKILL");
  await once(child, "close");
  expect(await withLock(file, quiet, async () => "mine")).toBe("mine");
  expect(existsSync(file)).toBe(false);
});

test("so is one whose process id belongs to another process by now", async () => {
  const file = lockOf("reused", { id: "x", pid: process.pid, processStart: "of an earlier boot", host: hostname() });
  expect(await withLock(file, quiet, async () => "mine")).toBe("mine");
});

test("and one that cannot be read", async () => {
  expect(await withLock(lockOf("garbage", "{"), quiet, async () => "mine")).toBe("mine");
});

test("a lock of another host is believed until it goes", async () => {
  const file = lockOf("remote", { id: "x", pid: 1, processStart: "", host: "another-host" });
  const waited = jest.fn(() => lockOf("remote", "{"));
  expect(await withLock(file, { onWait: waited, pollMs: 5 }, async () => "mine")).toBe("mine");
  expect(waited).toHaveBeenCalledWith(1);
});
