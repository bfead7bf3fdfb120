import { createHash, randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ControlPlanePrograms } from "../../toolchain/controlPlane";
import { type Definition, readDefinitions } from "../../toolchain/definitions";
import { readWorlds } from "../world";
import { applyInOrder } from "./applyOrder";
import { ControlPlane } from "./controlPlane";
import { clusterOf, nodePlanOf } from "./nodePools";
import { type NodePlan, nodeObjects } from "./nodes";

/** Milliseconds between two looks at the node pools that the simulated clouds have. */
const NODES_INTERVAL_MS = 1_000;

export interface ClusterHostArgs {
  readonly programs: ControlPlanePrograms;
  /** Folder for the control planes; removed by `close`. */
  readonly folder: string;
  /** Where the simulated clouds are. */
  readonly cloudsFolder: string;
}

interface Cluster {
  readonly plane: Promise<ControlPlane>;
  nodes: NodePlan;
}

/**
 * Gives every simulated cluster of a rehearsal a real control plane of its own, started when the first plugin asks for
 * it and kept until the end. Its nodes follow the node pools that the simulated cloud has for that cluster.
 */
export class ClusterHost {
  private readonly clusters = new Map<string, Cluster>();
  private readonly secret = randomBytes(16).toString("hex");
  private readonly server: Server;
  private readonly timer: NodeJS.Timeout;
  private following: Promise<void> = Promise.resolve();

  private constructor(private readonly args: ClusterHostArgs) {
    this.server = createServer((request, response) => void this.answer(request, response));
    this.timer = setInterval(() => {
      this.following = this.following.then(() => this.followNodePools());
    }, NODES_INTERVAL_MS);
  }

  static async open(args: ClusterHostArgs): Promise<ClusterHost> {
    const host = new ClusterHost(args);
    await new Promise<void>((resolve, reject) => {
      host.server.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
    return host;
  }

  /** For the environment of the engine, whose plugins inherit it. */
  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${this.secret}`;
  }

  /** The control plane of the cluster whose API server the stack knows under this address. */
  plane(server: string): Promise<ControlPlane> {
    const known = this.clusters.get(server);
    if (known) return known.plane;
    const worlds = readWorlds(this.args.cloudsFolder);
    const nodes = nodePlanOf(worlds, server);
    const name = createHash("sha256").update(server).digest("hex").slice(0, 8);
    const folder = join(this.args.folder, name);
    const { programs } = this.args;
    const brought = (clusterOf(worlds, server)?.brings ?? []).flatMap((name) =>
      readDefinitions(programs.definitions, name),
    );
    const plane = ControlPlane.start({ programs, folder, nodes }).then((started) => this.bring(started, brought));
    this.clusters.set(server, { plane, nodes });
    return plane;
  }

  /** Ends every control plane; nothing of them is left. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.following;
    const planes = await Promise.allSettled([...this.clusters.values()].map(({ plane }) => plane));
    await Promise.all(planes.map((found) => (found.status === "fulfilled" ? found.value.close() : undefined)));
    rmSync(this.args.folder, { recursive: true, force: true });
  }

  private async bring(plane: ControlPlane, definitions: readonly Definition[]): Promise<ControlPlane> {
    try {
      await applyInOrder(plane.client, definitions);
      return plane;
    } catch (error) {
      await plane.close();
      throw error;
    }
  }

  private async followNodePools(): Promise<void> {
    const worlds = readWorlds(this.args.cloudsFolder);
    for (const [server, cluster] of this.clusters) {
      const plan = nodePlanOf(worlds, server);
      if (isDeepStrictEqual(plan, cluster.nodes)) continue;
      try {
        const { client } = await cluster.plane;
        for (const node of nodeObjects(plan)) await client.apply(node, { fieldManager: "kubelet" });
        cluster.nodes = plan;
      } catch {
        // The control plane does not come up, which whoever asked for it is told, or goes down; or the next look succeeds.
      }
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", "http://host");
    const server = url.searchParams.get("server");
    const chart = url.searchParams.get("chart");
    const end = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body));
    if (url.pathname !== `/${this.secret}` || server === null)
      return void end(404, { error: "There is nothing here." });
    try {
      const { access, client } = await this.plane(server);
      if (chart !== null) await applyInOrder(client, readDefinitions(this.args.programs.definitions, chart));
      end(200, access);
    } catch (error) {
      end(500, { error: (error as Error).message });
    }
  }
}
