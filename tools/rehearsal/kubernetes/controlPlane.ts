import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ControlPlanePrograms } from "../../toolchain/controlPlane";
import { type ApiAccess, ApiClient } from "./apiClient";
import { GuardedProcess } from "./guardedProcess";
import { type NodePlan, nodeObjects } from "./nodes";
import { CLOUD_STAGES } from "./stages";

/** Milliseconds that a part may take to answer; it takes one or two seconds on an idle machine. */
const START_LIMIT_MS = 120_000;
const POLL_MS = 50;

export interface ControlPlaneArgs {
  readonly programs: ControlPlanePrograms;
  /** Folder for keys, data and logs; must not exist, and is removed by `close`. */
  readonly folder: string;
  /** The nodes that there are from the start. */
  readonly nodes: NodePlan;
}

/**
 * A Kubernetes cluster without machines, on the loopback address: etcd, API server, controller manager and scheduler as
 * Kubernetes ships them, and kwok, which plays the kubelets. RBAC, Pod Security and admission policies work as they do
 * on any cluster. No container is ever run: pods become Running and ready by themselves, those of jobs succeed.
 */
export class ControlPlane {
  readonly client: ApiClient;
  /** Kubeconfig of an administrator, JSON text. */
  readonly kubeconfig: string;

  private constructor(
    private readonly folder: string,
    private readonly processes: readonly GuardedProcess[],
    readonly access: ApiAccess,
  ) {
    this.client = new ApiClient(access);
    this.kubeconfig = kubeconfigOf(access);
  }

  /** @throws {Error} with the last words of the part that did not come up; nothing is left behind then */
  static async start({ programs, folder, nodes }: ControlPlaneArgs): Promise<ControlPlane> {
    mkdirSync(folder, { recursive: true });
    const processes: GuardedProcess[] = [];
    const run = (name: string, program: string, args: readonly string[]) => {
      const started = GuardedProcess.start(program, args, join(folder, `${name}.log`));
      processes.push(started);
      return started;
    };
    try {
      const access = await startServer(programs, folder, run);
      const plane = new ControlPlane(folder, processes, access);
      startControllers(programs, folder, plane.kubeconfig, run);
      await Promise.all(nodeObjects(nodes).map((node) => plane.client.apply(node, { fieldManager: "kubelet" })));
      return plane;
    } catch (error) {
      await removeAll(processes, folder);
      throw error;
    }
  }

  /** Kills every part and removes the folder. */
  async close(): Promise<void> {
    this.client.close();
    await removeAll(this.processes, this.folder);
  }
}

type Run = (name: string, program: string, args: readonly string[]) => GuardedProcess;

async function startServer(programs: ControlPlanePrograms, folder: string, run: Run): Promise<ApiAccess> {
  const [clientPort, peerPort, securePort] = await freePorts(3);
  const etcdUrl = `http://127.0.0.1:${clientPort}`;
  const peerUrl = `http://127.0.0.1:${peerPort}`;
  run("etcd", programs.etcd, [
    ...["--name", "etcd", "--data-dir", join(folder, "etcd"), "--log-level", "warn"],
    ...["--listen-client-urls", etcdUrl, "--advertise-client-urls", etcdUrl],
    ...[
      "--listen-peer-urls",
      peerUrl,
      "--initial-advertise-peer-urls",
      peerUrl,
      "--initial-cluster",
      `etcd=${peerUrl}`,
    ],
    // The data is thrown away, so nothing is gained by waiting for the disk.
    "--unsafe-no-fsync",
  ]);
  const token = randomBytes(24).toString("base64url");
  writeSecrets(folder, token);
  const server = `https://127.0.0.1:${securePort}`;
  const process = run("kube-apiserver", programs.apiServer, [
    ...[`--etcd-servers=${etcdUrl}`, "--bind-address=127.0.0.1", `--secure-port=${securePort}`],
    ...[`--cert-dir=${folder}`, `--token-auth-file=${join(folder, "tokens.csv")}`, "--authorization-mode=RBAC"],
    ...[
      `--service-account-key-file=${join(folder, "issuer.pub")}`,
      "--service-account-issuer=https://rehearsal.invalid",
    ],
    ...[`--service-account-signing-key-file=${join(folder, "issuer.key")}`, "--service-cluster-ip-range=172.20.0.0/16"],
    // A bare address has no other servers to be announced to.
    ...["--endpoint-reconciler-type=none", "--allow-privileged=true", "--profiling=false"],
  ]);
  const authority = () => readFileSync(join(folder, "apiserver.crt"), "utf8");
  await answers("kube-apiserver", process, async () => {
    const client = new ApiClient({ server, authority: authority(), token });
    try {
      await client.call("GET", "/readyz");
    } finally {
      client.close();
    }
  });
  return { server, authority: authority(), token };
}

function startControllers(programs: ControlPlanePrograms, folder: string, kubeconfig: string, run: Run): void {
  const configFile = join(folder, "kubeconfig.json");
  writeFileSync(configFile, kubeconfig, { mode: 0o600 });
  run("kube-controller-manager", programs.controllerManager, [
    ...[`--kubeconfig=${configFile}`, "--leader-elect=false", "--secure-port=0", "--profiling=false"],
    ...[
      `--service-account-private-key-file=${join(folder, "issuer.key")}`,
      `--root-ca-file=${join(folder, "apiserver.crt")}`,
    ],
    ...["--kube-api-qps=500", "--kube-api-burst=1000"],
  ]);
  run("kube-scheduler", programs.scheduler, [
    ...[`--kubeconfig=${configFile}`, "--leader-elect=false", "--secure-port=0", "--profiling=false"],
  ]);
  const stages = CLOUD_STAGES.map((stage, index) => {
    const file = join(folder, `stage-${index}.json`);
    writeFileSync(file, JSON.stringify(stage));
    return file;
  });
  run("kwok", programs.kwok, [
    ...[`--kubeconfig=${configFile}`, "--manage-all-nodes=true", "--node-lease-duration-seconds=40"],
    ...[...programs.stages, ...stages].map((file) => `--config=${file}`),
  ]);
}

/** Who the administrator is, and the key that service accounts' tokens are signed with. */
function writeSecrets(folder: string, token: string): void {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  writeFileSync(join(folder, "issuer.key"), privateKey, { mode: 0o600 });
  writeFileSync(join(folder, "issuer.pub"), publicKey);
  writeFileSync(join(folder, "tokens.csv"), `${token},administrator,administrator,"system:masters"\n`, { mode: 0o600 });
}

function kubeconfigOf({ server, authority, token }: ApiAccess): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: "rehearsal",
        cluster: { server, "certificate-authority-data": Buffer.from(authority).toString("base64") },
      },
    ],
    users: [{ name: "administrator", user: { token } }],
    contexts: [{ name: "rehearsal", context: { cluster: "rehearsal", user: "administrator" } }],
    "current-context": "rehearsal",
  });
}

async function answers(name: string, process: GuardedProcess, ask: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      const late = Date.now() > deadline;
      if (process.running && !late) {
        await sleep(POLL_MS);
        continue;
      }
      const how = late ? `does not answer after ${START_LIMIT_MS / 1000} s: ${(error as Error).message}` : "ended";
      throw new Error(`The rehearsal's ${name} ${how}. Its last words:\n  ${process.lastWords()}`);
    }
  }
}

async function removeAll(processes: readonly GuardedProcess[], folder: string): Promise<void> {
  await Promise.all(processes.map((process) => process.stop()));
  rmSync(folder, { recursive: true, force: true });
}

/** Ports of the loopback address that were free a moment ago, all different. */
async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const probe = createServer().once("error", reject);
          probe.listen(0, "127.0.0.1", () => resolve(probe));
        }),
    ),
  );
  const ports = probes.map((probe) => (probe.address() as AddressInfo).port);
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  return ports;
}
