import { ConfigError } from "../../stacks/config";
import { parseValues as parse } from "../support/config";

function problemsOf(values: Record<string, unknown>): string[] {
  try {
    parse(values);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  throw new Error("The configuration was accepted.");
}

const local = { "tideline:environment": "local" };
const foundation = {
  region: "us-east-1",
  network: { cidr: "10.1.0.0/16" },
  cluster: { version: "1.34", nodePools: { general: { machineTypes: ["m5.large"], min: 1, max: 3 } } },
  database: { machineType: "db.t4g.medium" },
};
const cloud = { ...foundation, accountId: "123456789012" };
const dev = (aws: unknown) => ({ "tideline:environment": "dev", "tideline:aws": aws });

const KEYS =
  "environment, model, serving, drift, metadata, deletionProtection, alerts, pagerDutyKey, aws, gcp, azure, links, kubernetes";

describe("every wrong kind of value is named with what is allowed", () => {
  test.each<[string, Record<string, unknown>, string]>([
    ["nothing at all", {}, "tideline:environment: found nothing; allowed: one of local, dev, staging, prod."],
    [
      "an unknown environment",
      { "tideline:environment": "production" },
      'tideline:environment: found "production"; allowed: one of local, dev, staging, prod.',
    ],
    [
      "text for an object",
      { ...local, "tideline:serving": "fast" },
      'tideline:serving: found "fast"; allowed: an object with the keys port, grpcPort, logLevel, maxBatchSize, maxBatchDelayMs, maxQueueSize, driftSampleRate, driftWindowRows, driftIntervalSeconds.',
    ],
    [
      "broken JSON",
      { ...local, "tideline:drift": "{port" },
      'tideline:drift: found "{port"; allowed: an object with the keys port, logLevel.',
    ],
    [
      "a list for an object",
      { ...local, "tideline:drift": [1] },
      "tideline:drift: found [1]; allowed: an object with the keys port, logLevel.",
    ],
    [
      "text for a number",
      { ...local, "tideline:serving": { port: "abc" } },
      'tideline:serving.port: found "abc"; allowed: a whole number from 1 to 65535.',
    ],
    [
      "a number in quotes",
      { ...local, "tideline:serving": { port: "8080" } },
      'tideline:serving.port: found "8080"; allowed: a whole number from 1 to 65535.',
    ],
    [
      "a number too small",
      { ...local, "tideline:serving": { port: 0 } },
      "tideline:serving.port: found 0; allowed: a whole number from 1 to 65535.",
    ],
    [
      "a number too great",
      { ...local, "tideline:metadata": { port: 70000 } },
      "tideline:metadata.port: found 70000; allowed: a whole number from 1 to 65535.",
    ],
    [
      "a fraction for a whole number",
      { ...local, "tideline:model": { seed: 1.5 } },
      "tideline:model.seed: found 1.5; allowed: a whole number from 0 to 2147483647.",
    ],
    [
      "a share out of range",
      { ...local, "tideline:serving": { driftSampleRate: 2 } },
      "tideline:serving.driftSampleRate: found 2; allowed: a number from 0 to 1.",
    ],
    [
      "null",
      { ...local, "tideline:serving": { port: null } },
      "tideline:serving.port: found null; allowed: a whole number from 1 to 65535.",
    ],
    [
      "a name with capitals",
      { ...local, "tideline:model": { name: "Breast" } },
      'tideline:model.name: found "Breast"; allowed: text that matches ^[a-z0-9][a-z0-9._-]*$.',
    ],
    [
      "an unknown log level",
      { ...local, "tideline:drift": { logLevel: "loud" } },
      'tideline:drift.logLevel: found "loud"; allowed: one of trace, debug, info, warn, error, silent.',
    ],
    [
      "a typo in a section",
      { ...local, "tideline:servng": {} },
      "tideline:servng: there is no such key; did you mean tideline:serving?",
    ],
    [
      "a typo in a key",
      { ...local, "tideline:serving": { prot: 80 } },
      "tideline:serving.prot: there is no such key; did you mean tideline:serving.port?",
    ],
    [
      "a key like no other",
      { ...local, "tideline:kubernetesDashboard": "on" },
      `tideline:kubernetesDashboard: there is no such key; allowed: ${KEYS}.`,
    ],
    [
      "a key missing in a cloud",
      dev({ ...cloud, region: undefined }),
      "tideline:aws.region: found nothing; allowed: text that is not empty.",
    ],
    ["empty text", dev({ ...cloud, region: "" }), 'tideline:aws.region: found ""; allowed: text that is not empty.'],
    [
      "a network that is none",
      dev({ ...cloud, network: { cidr: "10.1.0.0" } }),
      'tideline:aws.network.cidr: found "10.1.0.0"; allowed: an IPv4 network such as 10.1.0.0/16.',
    ],
    [
      "text for true or false",
      dev({ ...cloud, database: { machineType: "x", highlyAvailable: "yes" } }),
      'tideline:aws.database.highlyAvailable: found "yes"; allowed: true or false.',
    ],
    [
      "a version that is none",
      dev({ ...cloud, cluster: { ...cloud.cluster, version: "latest" } }),
      'tideline:aws.cluster.version: found "latest"; allowed: a Kubernetes minor version such as 1.34.',
    ],
    [
      "a list too short",
      dev({ ...cloud, cluster: { version: "1.34", nodePools: { a: { machineTypes: [], min: 0, max: 1 } } } }),
      "tideline:aws.cluster.nodePools.a.machineTypes: found []; allowed: a list of at least 1, each text that is not empty.",
    ],
    [
      "a wrong member of a list",
      dev({ ...cloud, cluster: { ...cloud.cluster, publicAccessCidrs: ["all"] } }),
      'tideline:aws.cluster.publicAccessCidrs[0]: found "all"; allowed: an IPv4 network such as 10.1.0.0/16.',
    ],
    [
      "a least above the greatest",
      dev({ ...cloud, cluster: { version: "1.34", nodePools: { a: { machineTypes: ["x"], min: 5, max: 1 } } } }),
      "tideline:aws.cluster.nodePools.a.min: found 5; allowed: a number not above max.",
    ],
    [
      "a pool name too long",
      dev({
        ...cloud,
        cluster: { version: "1.34", nodePools: { "a-very-long-name": { machineTypes: ["x"], min: 0, max: 1 } } },
      }),
      'tideline:aws.cluster.nodePools.a-very-long-name: found {"machineTypes":["x"],"min":0,"max":1}; allowed: a name of a lower-case letter, then up to 11 lower-case letters, digits or -.',
    ],
    [
      "a cloud in local",
      { ...local, "tideline:aws": cloud },
      "tideline:aws: found a cloud in environment local; allowed: none. Remove it, or choose environment dev.",
    ],
    [
      "no cloud in dev",
      { "tideline:environment": "dev" },
      'tideline:environment: found "dev" without a cloud; allowed: at least one of tideline:aws, tideline:gcp, tideline:azure.',
    ],
    [
      "one port twice",
      { ...local, "tideline:drift": { port: 8080 } },
      "tideline:drift.port: found 8080, which tideline:serving.port has; allowed: a port of its own.",
    ],
    [
      "one port twice within a service",
      { ...local, "tideline:serving": { port: 8090 } },
      "tideline:serving.grpcPort: found 8090, which tideline:serving.port has; allowed: a port of its own.",
    ],
    [
      "networks that overlap",
      {
        ...dev(cloud),
        "tideline:gcp": { ...foundation, project: "my-company-ml", network: { cidr: "10.1.128.0/17" } },
      },
      "tideline:gcp.network.cidr: found 10.1.128.0/17, which overlaps tideline:aws.network.cidr 10.1.0.0/16; allowed: networks apart, so that they can be peered.",
    ],
    [
      "a link to a cloud that is not there",
      { ...dev(cloud), "tideline:links": { "aws-gcp": {} } },
      "tideline:links.aws-gcp: found a link to gcp, which the stack does not have; allowed: links between tideline:aws. Remove it, or configure tideline:gcp.",
    ],
    [
      "a link between clouds in a wrong order",
      { ...dev(cloud), "tideline:links": { "gcp-aws": {} } },
      "tideline:links.gcp-aws: there is no such key; allowed: aws-gcp, aws-azure, gcp-azure.",
    ],
    [
      "a link that opens what is not its end",
      {
        ...dev(cloud),
        "tideline:gcp": { ...foundation, project: "my-company-ml", network: { cidr: "10.2.0.0/16" } },
        "tideline:links": { "aws-gcp": { opens: { azure: [{ port: 443 }] } } },
      },
      "tideline:links.aws-gcp.opens.azure: found a cloud that the link does not reach; allowed: aws, gcp.",
    ],
    [
      "a link that opens no port",
      {
        ...dev(cloud),
        "tideline:gcp": { ...foundation, project: "my-company-ml", network: { cidr: "10.2.0.0/16" } },
        "tideline:links": { "aws-gcp": { opens: { aws: [{ port: 70000 }] } } },
      },
      "tideline:links.aws-gcp.opens.aws[0].port: found 70000; allowed: a whole number from 1 to 65535.",
    ],
  ])("%s", (_, values, problem) => {
    expect(problemsOf(values)).toEqual([problem]);
  });

  test("all problems come together, under one heading with the remedy", () => {
    const values = {
      "tideline:environment": "here",
      "tideline:serving": { port: 0, maxBatchSise: 3 },
      "tideline:drft": {},
    };
    expect(() => parse(values)).toThrow(
      new ConfigError(
        [
          "The configuration of stack local has 4 problems. Mend them in Pulumi.local.yaml or with `npm run pulumi -- config set --path`:",
          '  tideline:environment: found "here"; allowed: one of local, dev, staging, prod.',
          "  tideline:serving.port: found 0; allowed: a whole number from 1 to 65535.",
          "  tideline:serving.maxBatchSise: there is no such key; did you mean tideline:serving.maxBatchSize?",
          "  tideline:drft: there is no such key; did you mean tideline:drift?",
        ].join("\n"),
      ),
    );
  });
});
