import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LockHeldError, takeProcessLock } from "../../../services/runtime/processLock";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();
let count = 0;
const newPath = () => join(folder, `lock-${++count}`);

describe("takeProcessLock", () => {
  it("is held until it is given back", () => {
    const path = newPath();
    const release = takeProcessLock(path);
    expect(() => takeProcessLock(path)).toThrow(LockHeldError);
    expect(() => takeProcessLock(path)).toThrow(`${path} is held by process ${process.pid}, which is running`);
    release();
    expect(existsSync(path)).toBe(false);
    takeProcessLock(path)();
  });

  it("takes over from a process that died", async () => {
    const path = newPath();
    const child = spawn(process.execPath, ["-e", ""]);
    await new Promise((resolve) => child.once("exit", resolve));
    writeFileSync(path, JSON.stringify({ pid: child.pid, processStart: "boot 1" }));
    takeProcessLock(path)();
  });

  it("takes over when the id now belongs to another process", () => {
    const path = newPath();
    writeFileSync(path, JSON.stringify({ pid: process.pid, processStart: "an earlier boot" }));
    takeProcessLock(path)();
  });

  it.each(["", "{", "null", '{"pid":"x"}'])("takes over from a damaged file: %j", (content) => {
    const path = newPath();
    writeFileSync(path, content);
    takeProcessLock(path)();
  });

  it("believes another machine's only when it is told to", () => {
    const path = newPath();
    writeFileSync(path, JSON.stringify({ pid: 1, processStart: "boot 1", host: "another-machine" }));
    expect(() => takeProcessLock(path, { believeOthers: true })).toThrow(
      `${path} is held by process 1, which is running`,
    );
    takeProcessLock(path)();
  });

  it("never removes a lock that another process has taken since", () => {
    const path = newPath();
    const release = takeProcessLock(path);
    const other = JSON.stringify({ pid: 1, processStart: "other" });
    writeFileSync(path, other);
    release();
    expect(readFileSync(path, "utf8")).toBe(other);
  });

  it("leaves no other file behind", () => {
    expect(readdirSync(folder).filter((name) => !/^lock-\d+$/.test(name))).toEqual([]);
  });
});
