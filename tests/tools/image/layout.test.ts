import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeImageLayout } from "../../../tools/image/layout";
import { temporaryFolder } from "../../support/temporaryFolder";

jest.setTimeout(180_000);

const ROOT = join(__dirname, "../../..");

/** The user that pods run as; another user only takes one who may change to it. */
const USER = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {};

const folder = temporaryFolder();
const app = join(folder, "app");
const data = join(folder, "data");
let packages: readonly string[];

beforeAll(() => {
  packages = writeImageLayout(ROOT, app);
  mkdirSync(data);
  chmodSync(folder, 0o755);
  if (USER.uid !== undefined) chownSync(data, USER.uid, USER.gid);
});

const options = (variables: Record<string, string>) => ({
  cwd: app,
  ...USER,
  env: { NODE_ENV: "production", HOME: "/nonexistent", ...variables },
});

test("holds the services and the packages that they reach, and nothing of the infrastructure's", () => {
  expect(readdirSync(app).sort()).toEqual(["node_modules", "package.json", "services"]);
  expect(packages).toEqual(expect.arrayContaining(["node_modules/fastify", "node_modules/onnxruntime-node"]));
  expect(packages.filter((name) => /pulumi|typescript|esbuild|jest/.test(name))).toEqual([]);
  const platforms = readdirSync(join(app, "node_modules/onnxruntime-node/bin"), { recursive: true }) as string[];
  expect(platforms.filter((path) => /napi-v\d+.[a-z0-9]+$/.test(path))).toEqual([
    expect.stringMatching(new RegExp(`${process.platform}$`)),
  ]);
});

test("trains a model and serves it, from a folder that its user cannot write to", async () => {
  const store = { OBJECT_STORE_URL: `file://${data}` };
  const dataset = "services/training/data/breast_cancer_wisconsin.csv";
  const entry = [join(app, "services/main.js")];
  const trained = spawnSync(process.execPath, [...entry, "training"], {
    ...options({ ...store, DATASET: dataset }),
    encoding: "utf8",
  });
  expect({ status: trained.status, stderr: trained.stderr }).toEqual({ status: 0, stderr: "" });

  const serving = spawn(process.execPath, [...entry, "serving"], options({ ...store, PORT: "0", HOST: "127.0.0.1" }));
  const exited = once(serving, "exit");
  try {
    let log = "";
    const url = await new Promise<string>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        log += chunk.toString();
        const ready = /"url":"(http[^"]+)".*"msg":"ready"/.exec(log)?.[1];
        if (ready) resolve(ready);
      };
      serving.stdout.on("data", read);
      serving.stderr.on("data", read);
      exited.then(() => reject(new Error(log)), reject);
    });
    const answer = await fetch(`${url}/v2/models/breast-cancer`);
    expect(await answer.json()).toMatchObject({ name: "breast-cancer" });
    if (process.platform === "linux") {
      const status = readFileSync(`/proc/${serving.pid}/status`, "utf8");
      expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).toBe(String(USER.uid ?? process.getuid?.()));
    }
  } finally {
    serving.kill("SIGTERM");
    await exited;
  }
  expect(existsSync(join(app, "data"))).toBe(false);
});

test("refuses a role that there is not", () => {
  const { status, stderr } = spawnSync(process.execPath, ["services/main.js", "cook"], {
    ...options({}),
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr).toBe('There is no service "cook"; allowed: drift, metadata, serving, training.\n');
});
