import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Kafka, logLevel } from "kafkajs";
import { cacheFolder } from "../../tools/toolchain/cache";
import { freePort } from "./ports";

const VERSION = "4.1.1";

/** A real broker, one node in KRaft mode, that runs for a test. */
export interface KafkaBroker {
  /** host:port. */
  readonly address: string;
  readonly kafka: Kafka;
  stop(): Promise<void>;
}

/**
 * A `describe` for tests that need Apache Kafka. It runs from its Maven artifacts, which are got once into the cache of
 * tools. Where there is no Java 17 or Maven its tests are reported as skipped with the reason; with CI=true that is a failure.
 */
export function describeWithKafka(name: string, body: (start: () => Promise<KafkaBroker>) => void): void {
  const found = findKafka();
  if ("libraries" in found) {
    describe(name, () => body(() => startBroker(found.libraries)));
    return;
  }
  if (process.env.CI === "true") throw new Error(`${name} needs Kafka. ${found.reason}`);
  console.warn(`Skipped: ${name}. ${found.reason}`);
  describe(name, () => test.skip(`needs Kafka: ${found.reason}`, () => {}));
}

/** Synchronous, because jest must know which tests there are when a file is loaded. */
function findKafka(): { readonly libraries: string } | { readonly reason: string } {
  if (spawnSync("java", ["-version"]).status !== 0)
    return { reason: "There is no java on PATH: install a JRE of 17 or later." };
  const parent = cacheFolder(process.env);
  const libraries = join(parent, `kafka-${VERSION}`);
  if (existsSync(libraries)) return { libraries };
  mkdirSync(parent, { recursive: true });
  const partial = mkdtempSync(join(parent, "kafka-"));
  try {
    writeFileSync(
      join(partial, "pom.xml"),
      `<project><modelVersion>4.0.0</modelVersion><groupId>tideline</groupId><artifactId>broker</artifactId>
       <version>1</version><packaging>pom</packaging><dependencies><dependency><groupId>org.apache.kafka</groupId>
       <artifactId>kafka_2.13</artifactId><version>${VERSION}</version></dependency></dependencies></project>`,
    );
    const target = join(partial, "libraries");
    const copy = ["-q", "-B", "dependency:copy-dependencies", "-DincludeScope=runtime", `-DoutputDirectory=${target}`];
    const { status, stdout, error } = spawnSync("mvn", copy, { cwd: partial, encoding: "utf8" });
    if (error) return { reason: "There is no mvn on PATH: install Maven." };
    if (status !== 0) return { reason: `Maven could not get Kafka ${VERSION}: ${stdout.split("\n")[0]}` };
    // Another test run may have been quicker; its libraries are the same.
    if (!existsSync(libraries)) renameSync(target, libraries);
    return { libraries };
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

async function startBroker(libraries: string): Promise<KafkaBroker> {
  const folder = mkdtempSync(join(tmpdir(), "tideline-kafka-"));
  const [port, controller] = await Promise.all([freePort(), freePort()]);
  const properties = join(folder, "server.properties");
  writeFileSync(properties, settings(folder, port, controller));
  const jars = readdirSync(libraries).map((jar) => join(libraries, jar));
  const java = ["-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", jars.join(delimiter)];
  const format = ["kafka.tools.StorageTool", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c", properties];
  const { status, stderr } = spawnSync("java", [...java, ...format], { encoding: "utf8" });
  if (status !== 0) throw new Error(`Kafka's storage could not be made: ${stderr}`);
  const process = spawn("java", [...java, "kafka.Kafka", properties], { stdio: "ignore" });
  const exited = once(process, "exit");
  const address = `127.0.0.1:${port}`;
  const kafka = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING });
  const stop = async () => {
    process.kill("SIGKILL");
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(kafka, process);
    return { address, kafka, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilReady(kafka: Kafka, process: ChildProcess): Promise<void> {
  const admin = kafka.admin({ retry: { retries: 0 } });
  for (;;) {
    if (process.exitCode !== null) throw new Error(`Kafka exited with ${process.exitCode} before it was ready.`);
    try {
      await admin.connect();
      await admin.describeCluster();
      await admin.disconnect();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function settings(folder: string, port: number, controller: number): string {
  return `
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs=${join(folder, "log")}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=500
`;
}
