import { gcpType, projectNumber, text } from "../../../../tools/rehearsal/gcp/gcpType";
import { GcpWorld } from "../../../support/gcpCloud";

test("labels are at most 64, of lower-case values", () => {
  const create = (labels: Record<string, string>) =>
    new GcpWorld().create("gcp:storage/bucket:Bucket", { name: "models-of-acme", location: "EUROPE-WEST4", labels });
  expect(() => create({ stack: "Prod" })).toThrow('labels.stack: found "Prod"');
  expect(create({ stack: "prod" }).effectiveLabels).toEqual({ stack: "prod" });
});

test("a resource belongs to a project", () => {
  const type = gcpType({ token: "t", inputs: { name: text() }, id: () => "i" });
  const made = {
    name: "n",
    inputs: {},
    account: "",
    region: "",
    sequence: 1,
    world: { resources: [], find: () => undefined },
  };
  expect(type.rules?.map((rule) => rule(made, undefined))).toEqual(["project: required field is not set"]);
  expect(type.outputs?.({ ...made, account: "acme" })).toEqual({ project: "acme" });
});

test("a project has one number", () => {
  expect(projectNumber("acme-ml-prod")).toMatch(/^\d{12}$/);
  expect(projectNumber("acme-ml-prod")).toBe(projectNumber("acme-ml-prod"));
  expect(projectNumber("acme-ml-dev")).not.toBe(projectNumber("acme-ml-prod"));
});
