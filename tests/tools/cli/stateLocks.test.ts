import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { removeStaleLocks } from "../../../tools/cli/stateLocks";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();

test("only locks of processes of this host that have ended are removed", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  const locks = join(folder, ".pulumi", "locks", "organization", "tideline", "local");
  const lock = (name: string, content: unknown) => {
    mkdirSync(dirname(join(locks, name)), { recursive: true });
    writeFileSync(join(locks, name), typeof content === "string" ? content : JSON.stringify(content));
  };
  lock("ended.json", { pid: child.pid, username: "me", hostname: hostname(), timestamp: "2026-01-01T00:00:00Z" });
  lock("alive.json", { pid: process.pid, username: "me", hostname: hostname() });
  lock("elsewhere.json", { pid: child.pid, username: "me", hostname: "another-host" });
  lock("unreadable.json", "{");
  removeStaleLocks(folder);
  expect(readdirSync(locks).sort()).toEqual(["alive.json", "elsewhere.json", "unreadable.json"]);
});

test("a state folder without locks is fine", () => {
  expect(() => removeStaleLocks(join(folder, "nowhere"))).not.toThrow();
});
