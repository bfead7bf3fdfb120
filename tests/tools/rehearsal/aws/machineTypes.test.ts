import { isCacheNodeType, isDatabaseClass, isInstanceType } from "../../../../tools/rehearsal/aws/machineTypes";

test.each([
  "m5.large",
  "m5.metal",
  "m6i.32xlarge",
  "c7gn.16xlarge",
  "t3.nano",
  "g5.2xlarge",
  "p5.48xlarge",
  "p6-b200.48xlarge",
  "m7i-flex.large",
  "m8g.metal-24xl",
])("%s is an instance type", (type) => {
  expect(isInstanceType(type)).toBe(true);
});

test.each(["m9z.large", "m5.7xlarge", "m5", "m5.", ".large", "t3.4xlarge", "g5.metal", "p4d.48xlarge", "large.m5"])(
  "%s is none",
  (type) => {
    expect(isInstanceType(type)).toBe(false);
  },
);

test.each([
  ["db.t4g.medium", true],
  ["db.r5.2xlarge", true],
  ["db.m6g.16xlarge", true],
  ["db.r5b.large", true],
  ["db.r5.3xlarge", false],
  ["db.r5.metal", false],
  ["db.c5.large", false],
  ["r5.large", false],
])("%s as a class of RDS: %p", (name, expected) => {
  expect(isDatabaseClass(name)).toBe(expected);
});

test.each([
  ["cache.r7g.large", true],
  ["cache.t4g.small", true],
  ["cache.m5.24xlarge", true],
  ["cache.t4g.large", false],
  ["cache.p3.2xlarge", false],
  ["cache.r7g.5xlarge", false],
])("%s as a node type of ElastiCache: %p", (name, expected) => {
  expect(isCacheNodeType(name)).toBe(expected);
});
