import { estimate } from "../../../policies/estimate/estimate";
import { drawStack } from "../ruleCases";

const MONTH = 730;

test("pools at their smallest size, pairs for what stands in two zones, and what costs whatever its size", () => {
  const { dollarsPerMonth, unpriced } = estimate(
    drawStack([
      { type: "aws:eks/cluster:Cluster", name: "cluster" },
      { type: "aws:ec2/launchTemplate:LaunchTemplate", name: "template", props: { instanceType: "m6i.large" } },
      {
        type: "aws:eks/nodeGroup:NodeGroup",
        name: "nodes",
        props: { scalingConfig: { minSize: 3, maxSize: 9 } },
        refs: { launchTemplate: ["template"] },
      },
      { type: "aws:rds/instance:Instance", name: "a", props: { instanceClass: "db.r5.large", multiAz: true } },
      {
        type: "gcp:container/nodePool:NodePool",
        name: "gpu",
        props: {
          autoscaling: { totalMinNodeCount: 2 },
          nodeConfig: { machineType: "n1-standard-8", guestAccelerators: [{ type: "nvidia-tesla-t4", count: 2 }] },
        },
      },
    ]),
  );
  expect(dollarsPerMonth).toBeCloseTo((0.1 + 3 * 0.096 + 2 * 0.25 + 2 * 0.38 + 4 * 0.35) * MONTH);
  expect(unpriced).toEqual([]);
});

test("of several types the dearest counts, and one without a price is named", () => {
  const nodes = (instanceTypes: string[]) =>
    estimate(
      drawStack([
        { type: "aws:eks/nodeGroup:NodeGroup", name: "n", props: { instanceTypes, scalingConfig: { minSize: 1 } } },
      ]),
    );
  expect(nodes(["m5.large", "m5.xlarge"]).dollarsPerMonth).toBeCloseTo(0.192 * MONTH);
  expect(nodes(["m5.large", "p9.large"])).toEqual({
    dollarsPerMonth: 0,
    unpriced: [{ urn: "urn:n", what: "p9.large" }],
  });
});
