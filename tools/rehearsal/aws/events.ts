import type { ResourceType } from "../resourceType";
import { awsType, flag, input, json, number, refers, regionOf, text } from "./awsType";

const QUEUE = "aws:sqs/queue:Queue";
const RULE = "aws:cloudwatch/eventRule:EventRule";

const replaced = { required: true, replaces: true } as const;

/** Queues, and the rules of EventBridge that fill them. */
export const eventTypes: readonly ResourceType[] = [
  awsType({
    token: QUEUE,
    id: (made) => `https://sqs.${regionOf(made)}.amazonaws.com/${made.account}/${input(made, "name")}`,
    arn: (made) => `sqs:${regionOf(made)}:${made.account}:${input(made, "name")}`,
    inputs: {
      name: text({ ...replaced, maxLength: 80, pattern: /[\w-]+/ }),
      messageRetentionSeconds: number({ min: 60, max: 1_209_600 }),
      sqsManagedSseEnabled: flag(),
    },
    outputs: (_, id) => ({ url: id }),
    unique: { property: "name", within: "account" },
  }),
  awsType({
    token: "aws:sqs/queuePolicy:QueuePolicy",
    untagged: true,
    id: (made) => input(made, "queueUrl"),
    inputs: { queueUrl: refers(QUEUE, ["url"], replaced), policy: json({ required: true }) },
  }),
  awsType({
    token: RULE,
    id: (made) => input(made, "name"),
    arn: (made, id) => `events:${regionOf(made)}:${made.account}:rule/${id}`,
    inputs: {
      name: text({ ...replaced, maxLength: 64, pattern: /[.\-_A-Za-z0-9]+/ }),
      description: text({ maxLength: 512 }),
      eventPattern: json({ maxLength: 4096 }),
    },
    unique: { property: "name", within: "account" },
  }),
  awsType({
    token: "aws:cloudwatch/eventTarget:EventTarget",
    untagged: true,
    id: (made) => `${input(made, "rule")}-${input(made, "targetId")}`,
    inputs: {
      rule: refers(RULE, ["name"], replaced),
      targetId: text({ replaces: true, maxLength: 64 }),
      arn: refers([QUEUE], ["arn"], { required: true }),
    },
  }),
];
